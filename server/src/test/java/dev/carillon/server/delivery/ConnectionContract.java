// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.Code;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/**
 * What every connection keeps, whatever its provider speaks; {@link HttpConnectionContract} has what those over HTTP keep besides. A
 * kind's test extends one of them and says how its provider accepts, goes silent and goes away. After each test, nothing secret and
 * nothing of the message may have been shown.
 */
public abstract class ConnectionContract {
    protected static final Instant NOW = Instant.parse("2026-11-22T09:05:01Z");
    protected static final String NAME = "carrier-1";
    protected static final AttemptRef REF = new AttemptRef(TimeOrderedId.of(NOW.minusSeconds(10), 77, 4711), 2);
    protected static final UUID ATTEMPT = UUID.fromString("0199f5b2-6d3e-4c41-8f2b-3a9c5d7e1f20");
    protected static final String DIGITS = "447400123456";
    protected static final String CODE = "739105";
    protected static final String TEXT = CODE + " is your Acme code. Größe €5";
    protected static final URI CALLBACK =
            URI.create("https://verify.example.com/hooks/" + NAME + "." + REF.encoded() + ".c2VhbC1vZi10aGUtdXJs");

    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Connection> opened = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    // ---- what a kind's test says

    protected abstract ConnectionKind kind();

    /** All options that it must have, and what directs it to the test's provider; sections are mappings. */
    protected abstract Map<String, Object> options();

    /** The options without which it does not open; {@code a.b} for b in section a. */
    protected abstract List<String> mandatory();

    /** What of the options must appear nowhere. */
    protected abstract List<String> secrets();

    /** From now on the provider accepts {@link #message()}. */
    protected abstract void providerAccepts();

    /** From now on the provider takes everything and answers nothing. */
    protected abstract void providerIsSilent();

    /** The provider goes away; returns when the connection can know of it. */
    protected abstract void providerGoes(Connection connection);

    /** The result of {@link #message()} while the provider accepts it. */
    protected abstract SendResult.Accepted accepted();

    /** Waits until a connection that was just opened can send, where that takes more than opening it. */
    protected void awaitReady(Connection connection) {}

    /** A timeout that is soon over, and long enough for what is sent before the message. */
    protected Duration impatience() {
        return SHORT;
    }

    /** For a provider whose credentials change with every use. */
    protected TokenStore tokens() {
        return new NoTokens();
    }

    protected Channel channel() {
        return Channel.SMS;
    }

    protected Map<String, String> templateIds() {
        return Map.of();
    }

    // ---- the contract

    @Test
    void aMessageIsAccepted() {
        providerAccepts();
        assertThat(send(ready(PATIENCE), message())).isEqualTo(accepted());
    }

    @Test
    void aProviderThatIsDownIsAFault() {
        Connection connection = ready(PATIENCE);
        providerGoes(connection);
        assertThat(send(connection, message())).isInstanceOf(SendResult.Fault.class);
    }

    @Test
    void aProviderThatDoesNotAnswerInTimeLeavesItOpen() {
        Connection connection = ready(impatience());
        providerIsSilent();
        assertThat(send(connection, message())).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    void anInterruptEndsTheWait() {
        Connection connection = ready(PATIENCE);
        providerIsSilent();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> connection.send(message())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("still interrupted").isFalse();
    }

    @Test
    void aCallThatNobodySignedIsForged() {
        Connection connection = open(options(), PATIENCE, Optional.of(CALLBACK));
        Webhook call = new Webhook("POST", CALLBACK.toString(), Map.of(), Map.of(), new byte[0], Optional.empty());
        assertThat(connection.webhook(call)).isInstanceOf(WebhookReply.Forged.class);
    }

    @TestFactory
    Stream<DynamicTest> aMissingOptionIsNamed() {
        return mandatory().stream()
                .map(name -> dynamicTest(name, () -> assertThatThrownBy(() -> open(without(options(), name)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(name)));
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThatThrownBy(() -> open(with("colour", "blue")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("colour is not known");
    }

    // ---- tools

    protected Message message() {
        return message(channel());
    }

    protected Message message(Channel channel) {
        return new Message(
                REF,
                ATTEMPT,
                "+" + DIGITS,
                "GB",
                channel,
                "Acme",
                TEXT,
                new Code(CODE),
                "en-US",
                templateIds(),
                NOW.plusSeconds(300));
    }

    protected Connection open() {
        return open(options());
    }

    protected Connection open(Map<String, Object> options) {
        return open(options, PATIENCE, Optional.of(CALLBACK));
    }

    Connection open(Map<String, Object> options, Duration timeout, Optional<URI> callback) {
        ConnectionKind kind = kind();
        ConnectionSettings settings = new ConnectionSettings(
                NAME,
                kind.name(),
                kind.channels(),
                Countries.ALL,
                Optional.of("Acme"),
                Map.of(),
                List.of(),
                Optional.empty(),
                timeout,
                new Options(options, _ -> Optional.empty()));
        Connection connection = kind.open(settings, context(callback));
        opened.addFirst(connection);
        assertThat(kind.channels()).contains(channel());
        return connection;
    }

    /** The options with one more, or another value. */
    protected Map<String, Object> with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(options());
        more.put(name, value);
        return more;
    }

    protected SendResult send(Connection connection, Message message) {
        try {
            SendResult result = connection.send(message);
            shown.add(result.toString());
            return result;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- how

    private Connection ready(Duration timeout) {
        Connection connection = open(options(), timeout, Optional.of(CALLBACK));
        awaitReady(connection);
        return connection;
    }

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void closeAndLookAtWhatWasShown() {
        root().detachAppender(log);
        for (Connection each : opened) {
            shown.add(each.toString());
            each.close();
        }
        shown.addAll(log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        List<String> hidden = new ArrayList<>(secrets());
        hidden.addAll(List.of(DIGITS, CODE));
        for (String text : shown) {
            assertThat(text).as("what results, objects and log lines show").doesNotContain(hidden);
        }
    }

    static Map<String, Object> without(Map<String, Object> options, String name) {
        Map<String, Object> fewer = new HashMap<>(options);
        int dot = name.indexOf('.');
        if (dot < 0) {
            assertThat(fewer.remove(name)).as(name).isNotNull();
            return fewer;
        }
        @SuppressWarnings("unchecked") // a section
        Map<String, Object> section = (Map<String, Object>) Objects.requireNonNull(fewer.get(name.substring(0, dot)));
        fewer.put(name.substring(0, dot), without(section, name.substring(dot + 1)));
        return fewer;
    }

    private ConnectionContext context(Optional<URI> callback) {
        TokenStore tokens = tokens();
        return new ConnectionContext() {
            @Override
            public ReceiptListener receipts() {
                return (connection, receipt) -> {
                    throw new AssertionError("nothing was reported");
                };
            }

            @Override
            public Optional<URI> callback(String connection, AttemptRef ref) {
                assertThat(connection).isEqualTo(NAME);
                assertThat(ref).isEqualTo(REF);
                return callback;
            }

            @Override
            public TokenStore tokens() {
                return tokens;
            }

            @Override
            public InstantSource clock() {
                return InstantSource.fixed(NOW);
            }
        };
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
