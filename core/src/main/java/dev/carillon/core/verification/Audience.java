// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.UUID;

/**
 * Who is told of what happens to a verification. Fixed when it is made, so that a verification nobody listens to costs nothing.
 *
 * @param receiver stands for the one that is called: what is slow or dead as one. For a callback a keyed hash of its host, for an
 *     account's own endpoint the account
 */
public record Audience(Kind kind, UUID receiver) {

    /** How much it wants to know. */
    public enum Kind {
        /** The address that the create named: what Ding v1 tells there. */
        CALLBACK,
        /** The account's own endpoint: checks and feedback too. */
        ACCOUNT
    }

    boolean wants(Notice notice) {
        return switch (notice) {
            case Notice.Opened _, Notice.Sent _, Notice.Delivery _ -> true;
            case Notice.Checked _, Notice.FeedbackTaken _ -> kind == Kind.ACCOUNT;
        };
    }
}
