// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.FeedbackReply;
import dev.carillon.core.verification.RetryReply;
import dev.carillon.server.directory.AccountView;
import java.util.Optional;
import java.util.UUID;

/** Verifications, as every wire contract sees them. Each method answers when what it did is durable. */
public final class Verifications {

    /** Why this account does not send to this number at all. */
    public Optional<Objection> objection(AccountView account, PhoneNumber number) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks for a code to be sent.
     *
     * @throws dev.carillon.server.ledger.OverloadedException when too much is waiting; nothing was done
     */
    public CreateReply create(AccountView account, CreateRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Tries a code as it was typed. */
    public CheckReply check(AccountView account, UUID verification, String typed) {
        throw new UnsupportedOperationException();
    }

    /** Asks for another message. */
    public RetryReply retry(AccountView account, UUID verification) {
        throw new UnsupportedOperationException();
    }

    /** Says whether the number's latest verification brought a real user. */
    public FeedbackReply feedback(AccountView account, PhoneNumber number, boolean onboarded) {
        throw new UnsupportedOperationException();
    }

    /** All that can be told of a verification; empty for another account's. */
    public Optional<Story> story(AccountView account, UUID verification) {
        throw new UnsupportedOperationException();
    }
}
