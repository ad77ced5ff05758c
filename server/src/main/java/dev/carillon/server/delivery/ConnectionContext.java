// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** What a connection gets from the server. */
public interface ConnectionContext {
    /** Where receipts go that do not come by webhook. */
    ReceiptListener receipts();

    /**
     * The URL at which the provider reports this attempt to this connection; empty when the server has no public URL, and then
     * there are no receipts by webhook. It is sealed: nobody can make one up.
     */
    Optional<URI> callback(String connection, AttemptRef ref);

    /** Credentials that change with every use. */
    TokenStore tokens();

    InstantSource clock();
}
