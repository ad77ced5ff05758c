// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

/**
 * One configured way to a provider: a bind, an API account. Implementations are thread-safe and pass {@code ConnectionContract}.
 */
public interface Connection extends AutoCloseable {

    /**
     * Hands a message over; blocks until the provider has answered, for as long as its settings allow at most. Never throws
     * because of what a provider does: that is a {@link SendResult}.
     *
     * @throws InterruptedException when the thread is interrupted; whether the provider has it is then unknown
     */
    SendResult send(Message message) throws InterruptedException;

    /**
     * Reads a provider's call to this connection's webhook. Must verify the signature before it believes anything.
     *
     * <p>The default is a provider that never calls.
     */
    default WebhookReply webhook(Webhook call) {
        return new WebhookReply.Forged("this connection takes no webhooks");
    }

    /** Whether messages can be handed over now, as far as can be told without sending one. Does not block. */
    default State state() {
        return State.up();
    }

    /** Ends what is open, if anything is. Messages that are being sent get their result. */
    @Override
    default void close() {}

    /**
     * Whether messages can be handed over.
     *
     * @param detail for the operator, such as "2 of 3 binds"; no secrets, no numbers
     */
    record State(boolean isUp, String detail) {
        public static State up() {
            return new State(true, "");
        }
    }
}
