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

/** What a wire contract can ask; {@link Verifications} answers it. Each method answers when what it did is durable. */
public interface VerificationService {
    /**
     * Whether the account may ask for a message now. To be asked before the request is read, so that under load what is refused costs
     * next to nothing.
     *
     * @throws dev.carillon.server.ledger.OverloadedException when too much is waiting; nothing was done
     */
    void admit(AccountView account);

    /** Whether {@link #admit} may refuse anybody at the moment. */
    boolean isBusy();

    /** Why this account does not send to this number at all. A test number gets no message, so that nothing stands against it. */
    Optional<Objection> objection(AccountView account, PhoneNumber number);

    /**
     * Asks for a code to be sent.
     *
     * @throws dev.carillon.server.ledger.OverloadedException when too much is waiting; nothing was done
     */
    CreateReply create(AccountView account, CreateRequest request);

    /** Tries a code as it was typed. */
    CheckReply check(AccountView account, UUID verification, String typed);

    /** Asks for another message. */
    RetryReply retry(AccountView account, UUID verification);

    /** Says whether the number's latest verification brought a real user. */
    FeedbackReply feedback(AccountView account, PhoneNumber number, boolean onboarded);

    /** All that can be told of a verification; empty for another account's. */
    Optional<Story> story(AccountView account, UUID verification);
}
