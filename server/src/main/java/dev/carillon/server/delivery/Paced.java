// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import java.time.Duration;
import java.util.Optional;

/** A connection that is handed no more messages in a second than was agreed with its provider. */
public final class Paced implements Connection {
    private final Connection connection;
    private final Throttle throttle;
    private final Duration longest;

    /**
     * Wraps a connection.
     *
     * @param perSecond 1 or more
     * @param longest how long a message may wait for its turn; one that would wait longer is a fault, so that another connection gets it
     */
    public Paced(Connection connection, int perSecond, Duration longest) {
        this.connection = connection;
        this.throttle = new Throttle(perSecond, System::nanoTime);
        this.longest = longest;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        Optional<Throttle.Turns> turns = throttle.take(1, longest);
        if (turns.isEmpty()) {
            return new SendResult.Fault("more messages than agreed are waiting");
        }
        turns.get().await(0);
        return connection.send(message);
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        return connection.webhook(call);
    }

    @Override
    public State state() {
        return connection.state();
    }

    @Override
    public void close() {
        connection.close();
    }
}
