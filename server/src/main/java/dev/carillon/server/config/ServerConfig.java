// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import dev.carillon.server.ledger.jdbc.PostgresUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the operator has decided. Made by {@link ConfigLoader}; every value is in range.
 *
 * @param host the address the API listens on
 * @param port 0 to 65535; 0 picks a free one
 * @param publicUrl where the world reaches the API: https, without a slash at its end
 * @param adminHost the address that health, metrics and the simulator's inbox listen on
 * @param adminPort 0 to 65535; 0 picks a free one
 * @param dataDir where the embedded store and the master secret live
 * @param databaseUrl PostgreSQL instead of the embedded store
 * @param masterSecret from the environment; empty: the file in the data folder
 * @param retention how long a verification is kept after it was made
 * @param drainDelay how long requests are still taken after the node has said that it is not ready; 0 to 5 minutes
 * @param trustedProxies whose word on where a request comes from is believed
 * @param webhookHttp whether webhooks may go to http URLs
 * @param webhookNetworks private networks that webhooks may go to
 * @param webhookCa certificates of authorities that receivers may be certified by
 * @param connections the ways to providers, which are looked at when they are opened
 * @param lookups the providers that are paid to look numbers up, in the order in which they are asked
 */
public record ServerConfig(
        String host,
        int port,
        Optional<URI> publicUrl,
        String adminHost,
        int adminPort,
        Path dataDir,
        Optional<PostgresUrl> databaseUrl,
        Optional<Secret> masterSecret,
        LogFormat logFormat,
        Duration retention,
        Duration drainDelay,
        List<Cidr> trustedProxies,
        boolean webhookHttp,
        List<Cidr> webhookNetworks,
        Optional<Path> webhookCa,
        ConnectionsTree connections,
        ConnectionsTree lookups) {}
