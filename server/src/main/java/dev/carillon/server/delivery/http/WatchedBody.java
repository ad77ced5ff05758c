// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/** A request's body that knows whether the client has begun to write it: it asks for it when connection and headers are through. */
final class WatchedBody implements BodyPublisher {
    private final BodyPublisher body;
    private volatile boolean taken;

    WatchedBody(BodyPublisher body) {
        this.body = body;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        taken = true;
        body.subscribe(subscriber);
    }

    boolean isTaken() {
        return taken;
    }
}
