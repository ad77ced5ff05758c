// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

/** Makes requests to providers: one time limit over all, no redirects, answers of bounded size. Thread-safe. */
@FunctionalInterface
public interface HttpCalls extends AutoCloseable {
    /**
     * Makes a request; blocks until it is answered or the time is up.
     *
     * @throws CallFailedException when there was no answer, saying whether the request may have arrived
     */
    HttpReply send(HttpCall call) throws CallFailedException, InterruptedException;

    /** Ends what is open, if anything is. */
    @Override
    default void close() {}
}
