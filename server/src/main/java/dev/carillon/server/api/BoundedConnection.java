// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/**
 * A connection on which a request cannot take for ever to arrive. Helidon asks a connection that was idle for too long to close, and the
 * connection does so when its request ends; here it then ends in the middle of the request, too, which a client may be sending byte by byte.
 *
 * @param timeout the longest that a request may take, from its first line to its answer
 */
record BoundedConnection(ServerConnection connection, Duration timeout)
        implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) throws InterruptedException {
        connection.handle(limit);
    }

    @Override
    public Duration idleTime() {
        return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        connection.close(interrupt || idleTime().compareTo(timeout) > 0);
    }

    @Override
    public boolean canInterrupt() {
        return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
