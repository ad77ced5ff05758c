// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Connections that do as they are told. */
final class TestConnections {
    private TestConnections() {}

    /** One for SMS. */
    static Connections.Entry entry(String name, Connection connection) {
        return entry(name, Channel.SMS, connection);
    }

    static Connections.Entry entry(String name, Channel channel, Connection connection) {
        ConnectionSettings settings = new ConnectionSettings(
                name,
                "test",
                Set.of(channel),
                Countries.ALL,
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                new Options(Map.of(), _ -> Optional.empty()));
        return new Connections.Entry(settings, connection);
    }
}
