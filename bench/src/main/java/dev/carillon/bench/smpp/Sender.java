// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.smpp;

/** One way to get a message to the SMSC and its answer back. Thread-safe. */
interface Sender extends AutoCloseable {
    /** Returns when the SMSC has taken it; throws when it has not. */
    void send() throws Exception;

    @Override
    void close();
}
