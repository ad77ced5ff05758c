// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.Code;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.NoTokens;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A connection's settings and surroundings, and what it heard. */
final class Given implements ConnectionContext {
    static final Instant NOW = Instant.parse("2026-03-04T17:10:00Z");
    static final String TO = "+447400123456";

    final BlockingQueue<Receipt> received = new LinkedBlockingQueue<>();
    volatile boolean keepsReceipts = true;
    /** What keeping a receipt waits for. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    private final Map<String, Object> options = new HashMap<>();
    private Duration timeout = Duration.ofSeconds(10);
    private Optional<Integer> messagesPerSecond = Optional.empty();

    static Given smsc(String host, int port) {
        return new Given()
                .with("host", host)
                .with("port", port)
                .with("system_id", "carillon")
                .with("password", "secret")
                .with("reconnect_after", "100ms")
                .with("reconnect_at_most", "500ms");
    }

    Given with(String name, Object value) {
        options.put(name, value);
        return this;
    }

    Given timeout(Duration value) {
        timeout = value;
        return this;
    }

    Given messagesPerSecond(int value) {
        messagesPerSecond = Optional.of(value);
        return this;
    }

    Connection open() {
        return new SmppKind().open(settings(), this);
    }

    ConnectionSettings settings() {
        return new ConnectionSettings(
                "mobile",
                "smpp",
                Set.of(Channel.SMS),
                Countries.ALL,
                Optional.empty(),
                Map.of(),
                List.of(),
                messagesPerSecond,
                timeout,
                new Options(options, _ -> Optional.empty()));
    }

    Receipt nextReceipt() throws InterruptedException {
        Receipt receipt = received.poll(20, TimeUnit.SECONDS);
        if (receipt == null) {
            throw new AssertionError("no receipt came");
        }
        return receipt;
    }

    static Message message(String text) {
        return message("Acme", text, Map.of());
    }

    static Message message(String sender, String text, Map<String, String> templateIds) {
        return new Message(
                new AttemptRef(new UUID(1, 2), 1),
                new UUID(3, 4),
                TO,
                "GB",
                Channel.SMS,
                sender,
                text,
                new Code("123456"),
                "en-GB",
                templateIds,
                NOW.plus(Duration.ofMinutes(5)));
    }

    @Override
    public ReceiptListener receipts() {
        return (_, receipt) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (!keepsReceipts) {
                throw new IllegalStateException("the disk is full");
            }
            received.add(receipt);
        };
    }

    @Override
    public Optional<URI> callback(String connection, AttemptRef ref) {
        return Optional.empty();
    }

    @Override
    public TokenStore tokens() {
        return new NoTokens();
    }

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(NOW);
    }
}
