// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.smpp;

import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.Code;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.smpp.SmppKind;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An SMPP connection as the server has it: the message is encoded, the window kept, the answer judged. */
final class Ours implements Sender {
    static final String TEXT = "Your Acme code is 123456";
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Connection connection;

    Ours(int port, int window, Optional<Certificate> certificate) throws InterruptedException {
        Map<String, Object> options = new HashMap<>(Map.of(
                "host", "localhost", "port", port, "system_id", "bench", "password", "secret", "window", window));
        certificate.ifPresent(trusted ->
                options.putAll(Map.of("tls", true, "ca_file", trusted.pem().toString())));
        connection = new SmppKind()
                .open(
                        new ConnectionSettings(
                                "bench",
                                "smpp",
                                Set.of(Channel.SMS),
                                Countries.ALL,
                                Optional.empty(),
                                Map.of(),
                                List.of(),
                                Optional.empty(),
                                TIMEOUT,
                                new Options(options, _ -> Optional.empty())),
                        new Context());
        while (!connection.state().isUp()) {
            Thread.sleep(10);
        }
    }

    @Override
    public void send() throws Exception {
        SendResult result = connection.send(new Message(
                new AttemptRef(new UUID(1, 2), 1),
                new UUID(3, 4),
                "+447400123456",
                "GB",
                Channel.SMS,
                "Acme",
                TEXT,
                new Code("123456"),
                "en-GB",
                Map.of(),
                InstantSource.system().instant().plusSeconds(300)));
        if (!(result instanceof SendResult.Accepted)) {
            throw new IllegalStateException(result.toString());
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private static final class Context implements ConnectionContext {
        @Override
        public ReceiptListener receipts() {
            return (_, _) -> {};
        }

        @Override
        public Optional<URI> callback(String connection, AttemptRef ref) {
            return Optional.empty();
        }

        /** SMPP has passwords, which do not change with use. */
        @Override
        public TokenStore tokens() {
            throw new UnsupportedOperationException("no tokens");
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
