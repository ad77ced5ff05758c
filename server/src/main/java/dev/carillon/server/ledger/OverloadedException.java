// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

/**
 * More is waiting than can be done soon. Nothing was done; the same request may come again after a second. Cheap, since it is thrown most
 * when there is least time: it has no stack trace.
 */
public final class OverloadedException extends RuntimeException {
    public OverloadedException() {
        super("too many commands are waiting", null, false, false);
    }
}
