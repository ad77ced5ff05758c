// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

/** More is waiting than can be done soon. Nothing was done; the same request may come again after a second. */
public final class OverloadedException extends RuntimeException {
    public OverloadedException() {
        super("too many commands are waiting");
    }
}
