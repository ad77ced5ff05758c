// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.UUID;

/** Somebody who is told what happens to a verification. Fixed when it is made, so that a verification nobody listens to costs nothing. */
public sealed interface Audience {
    /** The most of one verification. */
    int MAX = 9;

    /** Stands for an account's host that is called: what is slow or dead as one. */
    UUID receiver();

    /** The address that the create named, or else the account's own. Hears what Ding v1 tells there. */
    record Callback(UUID receiver) implements Audience {}

    /**
     * One of the account's endpoints. Hears of checks and feedback too.
     *
     * @param id by which the account knows it, whatever its address is by now
     */
    record Endpoint(UUID id, UUID receiver) implements Audience {}

    default boolean wants(Notice notice) {
        return switch (notice) {
            case Notice.Opened _, Notice.Sent _, Notice.Delivery _ -> true;
            case Notice.Checked _, Notice.FeedbackTaken _ -> this instanceof Endpoint;
        };
    }
}
