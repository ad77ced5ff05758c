// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.verification.CheckCode;
import dev.carillon.core.verification.Command;
import dev.carillon.core.verification.CreateVerification;
import dev.carillon.core.verification.GiveFeedback;
import dev.carillon.core.verification.RetryVerification;
import java.util.UUID;

/**
 * What is refused first where not all can be done: what begins, then what ends something, and what the server itself has to write last. A
 * message that was sent is worth nothing when its code is not checked any more.
 */
enum Precedence {
    /** Sends a message, so that more will follow. One full batch may wait. */
    BEGIN(512, 4),
    /** Brings to an end what has begun. */
    FINISH(1024, 2),
    /** What became of messages, and the like: nobody would ask for it again. */
    OWN(Integer.MAX_VALUE, 0);

    /** With fewer than so many waiting, all of one account's or of many, nobody is refused. */
    static final int LEAST_REFUSED = BEGIN.most;

    /** Whose lane the server's own commands take. */
    static final UUID NOBODY = new UUID(0, 0);

    private final int most;
    private final int part;

    /**
     * @param most of one account that may wait
     * @param part an account may have no more than this part of the room that is left; so with accounts that want all they can have,
     *     there is room for one that wants a little. 0: all of it
     */
    Precedence(int most, int part) {
        this.most = most;
        this.part = part;
    }

    static Precedence of(Command<?> command) {
        return switch (command) {
            case CreateVerification _, RetryVerification _ -> BEGIN;
            case CheckCode _, GiveFeedback _ -> FINISH;
            default -> OWN;
        };
    }

    /** Whose lane a command takes. */
    static UUID account(Command<?> command) {
        return switch (command) {
            case CreateVerification create -> create.account();
            case RetryVerification retry -> retry.account();
            case CheckCode check -> check.account();
            case GiveFeedback feedback -> feedback.account();
            default -> NOBODY;
        };
    }

    /**
     * Whether one more may wait.
     *
     * @param waiting how many of the account do
     * @param free the room that is left in the queue
     */
    boolean admits(int waiting, int free) {
        return free > 0 && waiting < most && waiting * (long) part < free;
    }
}
