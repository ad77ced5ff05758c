// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.account.Money;
import java.util.Optional;

/** What became of handing a message over to a provider. */
public sealed interface SendResult {

    /**
     * The provider took it; receipts may follow.
     *
     * @param providerId the provider's id, when its receipts come under that and not under our {@link AttemptRef}
     * @param price what it cost, when the provider says
     */
    record Accepted(Optional<String> providerId, Optional<Money> price) implements SendResult {
        /** A provider whose receipts come under our own reference. */
        public static Accepted plain() {
            return new Accepted(Optional.empty(), Optional.empty());
        }
    }

    /**
     * The provider refused it for a reason that lies in the message: it did not go out, and would not the next time.
     *
     * @param detail the provider's code and words, for the operator's log: no number, no text
     */
    record Rejected(Reason reason, String detail) implements SendResult {}

    /** Why a provider refused a message. */
    enum Reason {
        /** No provider could reach this number: it does not exist, cannot get messages, or does not want any. */
        NUMBER,
        /** This number cannot be reached by this channel: not a user of the messenger, no such capability; another channel may. */
        CHANNEL,
        /** The provider takes it for fraud, such as traffic pumping. */
        FRAUD
    }

    /**
     * It did not go out and it is not the message's fault: the provider is down, throttles, has no route, does not accept the
     * credentials, the sender or the template. Another connection may well send it.
     *
     * @param detail see {@link Rejected#detail}
     */
    record Fault(String detail) implements SendResult {}

    /**
     * It may have gone out or not: the connection broke, or the time was up, after the request was written.
     *
     * @param detail see {@link Rejected#detail}
     */
    record Unknown(String detail) implements SendResult {}
}
