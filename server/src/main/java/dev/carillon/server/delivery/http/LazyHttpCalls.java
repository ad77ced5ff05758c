// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls by a client that is made for the first of them, since it costs threads and the certificates of the JDK. Thread-safe. */
public final class LazyHttpCalls implements HttpCalls {
    private final Supplier<HttpCalls> make;
    private @Nullable HttpCalls made;

    /** @param make called once at most */
    public LazyHttpCalls(Supplier<HttpCalls> make) {
        this.make = make;
    }

    @Override
    public HttpReply send(HttpCall call) throws CallFailedException, InterruptedException {
        return calls().send(call);
    }

    @Override
    public synchronized void close() {
        if (made != null) {
            made.close();
        }
    }

    private synchronized HttpCalls calls() {
        if (made == null) {
            made = make.get();
        }
        return made;
    }
}
