// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Posts by a client that is made for the first request, since it costs a start the JDK's certificates and a list of all domains. Thread-safe. */
final class LazyPoster implements Poster {
    private final Supplier<Poster> make;
    private @Nullable Poster made;
    private boolean closed;

    /** @param make called once at most */
    LazyPoster(Supplier<Poster> make) {
        this.make = make;
    }

    @Override
    public Optional<String> post(String url, Map<String, String> headers, byte[] body) {
        Optional<Poster> poster = poster();
        return poster.isPresent() ? poster.get().post(url, headers, body) : Optional.of("the server was stopping");
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (made != null) {
            made.close();
        }
    }

    private synchronized Optional<Poster> poster() {
        if (made == null && !closed) {
            made = make.get();
        }
        return Optional.ofNullable(made);
    }
}
