// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

/** Counts requests. Called once for each answer, on the request's thread: must be quick and thread-safe. */
@FunctionalInterface
public interface RequestMetrics {
    RequestMetrics NONE = (endpoint, status, outcome, nanos) -> {};

    /**
     * An answer was sent.
     *
     * @param endpoint the route's name, such as {@code check}; {@code none} where no route matched and {@code protocol} where
     *     the request was not even HTTP
     * @param status the HTTP status
     * @param outcome the contract's status or error code, of a small fixed set
     * @param nanos from the first byte of the route's work to the last byte of the answer; 0 for {@code protocol}
     */
    void record(String endpoint, int status, String outcome, long nanos);
}
