// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.api.hooks.CallbackUrls;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.TokenStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** What connections get from a running server. */
record ServerContext(ReceiptListener receipts, CallbackUrls urls, TokenStore tokens, InstantSource clock)
        implements ConnectionContext {
    @Override
    public Optional<URI> callback(String connection, AttemptRef ref) {
        return urls.callback(connection, ref);
    }
}
