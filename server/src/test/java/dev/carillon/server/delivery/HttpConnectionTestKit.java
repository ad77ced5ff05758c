// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.delivery.Receipt.Subject.OurRef;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/**
 * What the test of a connection to an HTTP provider is made of: a provider on a port of this machine, calls of the provider, and what
 * the provider's test says of its contract. {@link HttpConnectionContract} has the tests.
 */
public abstract class HttpConnectionTestKit extends ConnectionContract {
    protected static final URI ACCOUNT_CALLBACK = URI.create("https://verify.example.com/hooks/" + NAME);

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
    private final List<JdkHttpCalls> clients = new ArrayList<>();

    // ---- what a provider's test says

    protected abstract ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls);

    /** The answer that accepts {@link #message()}. */
    protected abstract Answer accepting();

    /** Whether the request is the documented one for {@link #message()} with {@link #options()}. */
    protected abstract void assertRequest(Recorded request);

    /** The documented errors. */
    protected abstract List<Refusal> refusals();

    /** The answer to a request that sends no message, such as one for a token; empty for the one that does. */
    protected Optional<Answer> beside(Recorded request) {
        return Optional.empty();
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

    @Override
    protected ConnectionKind kind() {
        return kind(settings -> {
            JdkHttpCalls calls = JdkHttpCalls.of(settings.timeout());
            clients.add(calls);
            return calls;
        });
    }

    @Override
    protected void providerAccepts() {
        providerAnswers(accepting());
    }

    @Override
    protected void providerIsSilent() {
        providerAnswers(new ProviderFixture.Hang());
    }

    @Override
    protected void providerGoes(Connection connection) {
        provider.close();
    }

    private void providerAnswers(Answer answer) {
        provider.answer(request -> beside(request).orElse(answer));
    }

    /** Lets the provider answer, and sends {@link #message()}. */
    protected SendResult send(Connection connection, Answer answer) {
        providerAnswers(answer);
        return send(connection, message());
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

    @AfterEach
    void closeClientsAndProvider() {
        clients.forEach(JdkHttpCalls::close);
        provider.close();
    }
}
