// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.net.URI;

/** The running server, as the command line sees it. Made by {@link Wiring#service}; it answers from then on. */
public interface Service extends AutoCloseable {
    /** Where the API answers, with the port that was really taken. */
    URI address();

    /** Where health, metrics and the simulator's inbox answer. */
    URI adminAddress();

    /**
     * Takes no more requests, finishes those that run, and closes the store. Bounded in time by the implementation.
     *
     * <p>It is called from a JVM shutdown hook, so nothing inside may install a hook of its own that stops parts of it.
     */
    @Override
    void close();
}
