// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.Code;
import dev.carillon.server.delivery.Receipt.Subject.OurRef;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/**
 * What the test of a connection to an HTTP provider is made of: a provider on a port of this machine, one message, calls of the
 * provider, and what the provider's test says of its contract. {@link ConnectionContract} has the tests.
 */
public abstract class ConnectionTestKit {
    protected static final Instant NOW = Instant.parse("2026-11-22T09:05:01Z");
    protected static final String NAME = "carrier-1";
    protected static final AttemptRef REF = new AttemptRef(TimeOrderedId.of(NOW.minusSeconds(10), 77, 4711), 2);
    protected static final UUID ATTEMPT = UUID.fromString("0199f5b2-6d3e-4c41-8f2b-3a9c5d7e1f20");
    protected static final String DIGITS = "447400123456";
    protected static final String CODE = "739105";
    protected static final String TEXT = CODE + " is your Acme code. Größe €5";
    protected static final URI CALLBACK =
            URI.create("https://verify.example.com/hooks/" + NAME + "." + REF.encoded() + ".c2VhbC1vZi10aGUtdXJs");
    protected static final URI ACCOUNT_CALLBACK = URI.create("https://verify.example.com/hooks/" + NAME);

    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** What is expected of a message that was handed over. */
    public enum Outcome {
        NUMBER,
        CHANNEL,
        FRAUD,
        FAULT,
        UNKNOWN;

        boolean is(SendResult result) {
            return switch (result) {
                case SendResult.Accepted _ -> false;
                case SendResult.Rejected rejected -> rejected.reason() == reason();
                case SendResult.Fault _ -> this == FAULT;
                case SendResult.Unknown _ -> this == UNKNOWN;
            };
        }

        private Reason reason() {
            return switch (this) {
                case NUMBER -> Reason.NUMBER;
                case CHANNEL -> Reason.CHANNEL;
                case FRAUD -> Reason.FRAUD;
                case FAULT, UNKNOWN -> throw new AssertionError("the message was refused, not " + this);
            };
        }
    }

    /** An answer of the provider that accepts nothing. */
    public record Refusal(String name, Answer answer, Outcome outcome) {}

    /** A genuine call of the provider and what it reports. */
    public record Told(String name, Webhook call, List<Receipt> receipts) {}

    protected final ProviderFixture provider = new ProviderFixture();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    // ---- what a provider's test says

    protected abstract ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls);

    /** All options that it must have, and what directs it to {@link #provider}; sections are mappings. */
    protected abstract Map<String, Object> options();

    /** The options without which it does not open; {@code a.b} for b in section a. */
    protected abstract List<String> mandatory();

    /** What of the options must appear nowhere. */
    protected abstract List<String> secrets();

    /** The answer that accepts {@link #message()}. */
    protected abstract Answer accepting();

    /** The result of {@link #accepting()}. */
    protected abstract SendResult.Accepted accepted();

    /** Whether the request is the documented one for {@link #message()} with {@link #options()}. */
    protected abstract void assertRequest(Recorded request);

    /** The documented errors. */
    protected abstract List<Refusal> refusals();

    /** The answer to a request that sends no message, such as one for a token; empty for the one that does. */
    protected Optional<Answer> beside(Recorded request) {
        return Optional.empty();
    }

    /** A timeout that is soon over, and long enough for what is sent before the message. */
    protected Duration impatience() {
        return SHORT;
    }

    /** For a provider whose credentials change with every use. */
    protected TokenStore tokens() {
        return new NoTokens();
    }

    /** What statuses mean when the body says nothing. */
    protected Map<Integer, Outcome> statuses() {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        for (int fault : new int[] {301, 302, 400, 401, 403, 404, 429, 500, 502, 503}) {
            outcomes.put(fault, Outcome.FAULT);
        }
        outcomes.put(408, Outcome.UNKNOWN);
        outcomes.put(504, Outcome.UNKNOWN);
        return outcomes;
    }

    protected Channel channel() {
        return Channel.SMS;
    }

    protected Map<String, String> templateIds() {
        return Map.of();
    }

    /** Genuine calls: at least one for each documented status. None for a kind that takes no calls. */
    protected List<Told> told() {
        return List.of();
    }

    /** Genuine calls that cannot be read. */
    protected List<Webhook> unreadable() {
        return List.of();
    }

    /** The headers without which, or with another value, a call is forged; none when the provider does not sign by header. */
    protected List<String> signatureHeaders() {
        return List.of();
    }

    /** Whether a call with another body is forged. */
    protected boolean signsBody() {
        return !signatureHeaders().isEmpty();
    }

    /** Whether a call to another URL is forged. */
    protected boolean signsUrl() {
        return false;
    }

    /** Whether calls count as genuine only at an attempt's own URL, since the provider does not sign. */
    protected boolean needsSealedUrl() {
        return signatureHeaders().isEmpty();
    }

    /** A call that was signed at a time; empty when the signature holds no time. */
    protected Optional<Webhook> signedAt(Instant time) {
        return Optional.empty();
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
        return open(options(), PATIENCE, Optional.of(CALLBACK));
    }

    protected Connection open(Map<String, Object> options) {
        return open(options, PATIENCE, Optional.of(CALLBACK));
    }

    /** The options with one more, or another value. */
    protected Map<String, Object> with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(options());
        more.put(name, value);
        return more;
    }

    /** Lets the provider answer, and sends {@link #message()}. */
    protected SendResult send(Connection connection, Answer answer) {
        provider.answer(request -> beside(request).orElse(answer));
        return send(connection, message());
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

    /** The only request that was to send a message. */
    protected Recorded sent() {
        List<Recorded> sends = provider.requests().stream()
                .filter(request -> beside(request).isEmpty())
                .toList();
        assertThat(sends).hasSize(1);
        return sends.getFirst();
    }

    /** A POST to the attempt's own URL. */
    protected static Webhook posted(String body, Map<String, String> headers) {
        return call("POST", CALLBACK.toString(), body, headers, Optional.of(REF));
    }

    /** A POST to the URL of the whole account. */
    protected static Webhook postedToAccount(String body, Map<String, String> headers) {
        return call("POST", ACCOUNT_CALLBACK.toString(), body, headers, Optional.empty());
    }

    /** A GET of the attempt's own URL. */
    protected static Webhook got(String query, Map<String, String> headers) {
        return call("GET", CALLBACK + "?" + query, "", headers, Optional.of(REF));
    }

    /** A GET of the URL of the whole account. */
    protected static Webhook gotOfAccount(String query, Map<String, String> headers) {
        return call("GET", ACCOUNT_CALLBACK + "?" + query, "", headers, Optional.empty());
    }

    protected static Webhook call(
            String method, String url, String body, Map<String, String> headers, Optional<AttemptRef> ref) {
        Map<String, List<String>> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        int mark = url.indexOf('?');
        Map<String, List<String>> query =
                FormData.decode(mark < 0 ? "" : url.substring(mark + 1)).orElseThrow();
        return new Webhook(method, url, query, lower, body.getBytes(UTF_8), ref);
    }

    protected static Receipt.Subject ours() {
        return new OurRef(REF);
    }

    // ---- how

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void close() throws Exception {
        root().detachAppender(log);
        for (AutoCloseable each : opened) {
            shown.add(each.toString());
            each.close();
        }
        provider.close();
        shown.addAll(log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        List<String> hidden = new ArrayList<>(secrets());
        hidden.addAll(List.of(DIGITS, CODE));
        for (String text : shown) {
            assertThat(text).as("what results, objects and log lines show").doesNotContain(hidden);
        }
    }

    Connection open(Map<String, Object> options, Duration timeout, Optional<URI> callback) {
        ConnectionKind kind = kind(settings -> {
            JdkHttpCalls calls = JdkHttpCalls.of(settings.timeout());
            opened.add(calls);
            return calls;
        });
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

    private ConnectionContext context(Optional<URI> callback) {
        TokenStore tokens = tokens();
        return new ConnectionContext() {
            @Override
            public ReceiptListener receipts() {
                return (connection, receipt) -> {
                    throw new AssertionError("receipts of webhooks are returned");
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
