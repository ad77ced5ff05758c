// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

/** Hears what providers report of messages. Thread-safe. */
@FunctionalInterface
public interface ReceiptListener {
    /**
     * A receipt came in; returns when it is safe to tell the provider so.
     *
     * @param connection the name of the connection that it came by
     * @throws RuntimeException when it could not be kept; the provider should send it again
     */
    void received(String connection, Receipt receipt);
}
