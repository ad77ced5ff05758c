// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

/** One operation of a contract. Thread-safe. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers a request.
     *
     * @throws AnswerException with the answer
     * @throws InvalidRequestException when the request cannot be read
     * @throws dev.carillon.server.ledger.OverloadedException when it should come again later
     */
    Answer answer(ApiRequest request);
}
