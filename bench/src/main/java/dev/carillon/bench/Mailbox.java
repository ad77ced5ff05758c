// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows the simulator's inbox for all callers on one connection: a request waits until there are messages, and takes all
 * that there are. Used by the selector's thread only.
 */
final class Mailbox implements Connection.Listener {
    private final Connection connection;
    private final String host;
    private final Consumer<String> errors;
    private final Map<String, Consumer<String>> expected = new HashMap<>();
    private long last;
    private boolean waiting;
    /** When the connection broke a moment ago, it rests. */
    private boolean resting;

    /**
     * A mailbox that follows from the first {@link #expect} on.
     *
     * @param errors hears what goes wrong, in few words
     */
    Mailbox(Selector selector, Endpoint admin, Consumer<String> errors) {
        this.connection = new Connection(selector, admin.address(), this);
        this.host = admin.host();
        this.errors = errors;
    }

    /** Gives the code of the next message to a number; at once or much later, once at most. */
    void expect(String phone, Consumer<String> code) {
        expected.put(phone, code);
        if (!resting) {
            follow();
        }
    }

    /** The code is of no use any more. */
    void forget(String phone) {
        expected.remove(phone);
    }

    /** To be called now and then: goes on after a failure. */
    void tick() {
        resting = false;
        follow();
    }

    void close() {
        connection.close();
    }

    private void follow() {
        if (!waiting && !expected.isEmpty()) {
            waiting = true;
            connection.send(ByteBuffer.wrap(
                    ("GET /simulator/messages?wait=1&after=" + last + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                            .getBytes(UTF_8)));
        }
    }

    @Override
    public void answered(Response response) {
        waiting = false;
        if (response.status() != 200) {
            resting = true;
            errors.accept("inbox: HTTP " + response.status());
            return;
        }
        for (String message : JsonText.objects(response.body())) {
            last = Math.max(last, JsonText.number(message, "id"));
            Consumer<String> caller = expected.remove(String.valueOf(JsonText.member(message, "to")));
            if (caller != null) {
                caller.accept(String.valueOf(JsonText.member(message, "code")));
            }
        }
        follow();
    }

    /** The server may be another one by the next time, which counts from 1. */
    @Override
    public void broken(String why) {
        waiting = false;
        last = 0;
        resting = true;
        errors.accept("inbox: " + why);
    }
}
