// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

/** A way to a provider that sends messages. Implementations are thread-safe. */
public interface Carrier {

    /** Hands a message over; blocks until the provider has answered. */
    Outcome send(Message message);

    /** What became of handing a message over. */
    sealed interface Outcome {
        /** The provider took it; receipts may follow. */
        record Accepted() implements Outcome {}

        /** It will never go out: this provider or this number refuses it, or the provider cannot be reached. */
        record NotSent(String reason) implements Outcome {}
    }
}
