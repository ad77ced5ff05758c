// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every connection to an HTTP provider keeps. A provider's test extends this, says what its contract documents, and adds tests
 * of what only it does. Each test has its own provider on a port of this machine.
 */
public abstract class HttpConnectionContract extends HttpConnectionTestKit {

    // ---- the contract: sending

    @Test
    void aMessageIsAcceptedByTheDocumentedRequest() {
        assertThat(send(open(), accepting())).isEqualTo(accepted());
        assertRequest(sent());
    }

    @Test
    void withoutAPublicUrlMessagesAreSentAllTheSame() {
        Connection connection = open(options(), PATIENCE, Optional.empty());
        assertThat(send(connection, accepting())).isEqualTo(accepted());
        assertThat(sent().body()).doesNotContain("verify.example.com");
    }

    @TestFactory
    Stream<DynamicTest> documentedErrors() {
        return each(refusals(), Refusal::name, refusal -> assertOutcome(refusal.answer(), refusal.outcome()));
    }

    @TestFactory
    Stream<DynamicTest> statusesWithNothingToRead() {
        List<Refusal> silent = new ArrayList<>();
        statuses().forEach((status, outcome) -> {
            silent.add(new Refusal(status + " empty", new ProviderFixture.Whole(status, "text/plain", ""), outcome));
            silent.add(new Refusal(
                    status + " page", new ProviderFixture.Whole(status, "text/html", "<html>Bad</html>"), outcome));
        });
        return each(silent, Refusal::name, refusal -> assertOutcome(refusal.answer(), refusal.outcome()));
    }

    @TestFactory
    Stream<DynamicTest> anAnswerThatCannotBeReadLeavesItOpen() {
        List<Refusal> odd = List.of(
                new Refusal("empty", ProviderFixture.json(200, ""), Outcome.UNKNOWN),
                new Refusal("empty object", ProviderFixture.json(200, "{}"), Outcome.UNKNOWN),
                new Refusal("array", ProviderFixture.json(200, "[[[1]]]"), Outcome.UNKNOWN),
                new Refusal("garbage", ProviderFixture.json(200, "\u0000{\"a\":"), Outcome.UNKNOWN),
                new Refusal("huge", ProviderFixture.json(200, " ".repeat(300_000) + "{}"), Outcome.UNKNOWN),
                new Refusal("deep", ProviderFixture.json(200, "[".repeat(100_000)), Outcome.UNKNOWN),
                new Refusal(
                        "truncated",
                        new ProviderFixture.Truncated(200, "application/json", "{\"id\":"),
                        Outcome.UNKNOWN),
                new Refusal("dropped", new ProviderFixture.Drop(), Outcome.UNKNOWN));
        return each(odd, Refusal::name, refusal -> assertOutcome(refusal.answer(), refusal.outcome()));
    }

    @Test
    void aProviderThatStopsInTheMiddleOfItsAnswerLeavesItOpen() {
        Connection connection = open(options(), impatience(), Optional.of(CALLBACK));
        assertThat(send(connection, new ProviderFixture.Stalled(200, "application/json", "{\"id\":")))
                .isInstanceOf(SendResult.Unknown.class);
    }

    // ---- the contract: receipts

    @TestFactory
    Stream<DynamicTest> genuineCallsAreRead() {
        return each(told(), Told::name, told -> assertThat(open().webhook(told.call()))
                .isInstanceOfSatisfying(WebhookReply.Receipts.class, receipts -> assertThat(receipts.receipts())
                        .isEqualTo(told.receipts())));
    }

    @TestFactory
    Stream<DynamicTest> forgedCallsAreRefused() {
        List<Map.Entry<String, Webhook>> forged = new ArrayList<>();
        for (Told genuine : told()) {
            Webhook call = genuine.call();
            for (String header : signatureHeaders()) {
                forged.add(Map.entry(genuine.name() + " without " + header, withHeader(call, header, List.of())));
                forged.add(
                        Map.entry(genuine.name() + " with an empty " + header, withHeader(call, header, List.of(""))));
                forged.add(
                        Map.entry(genuine.name() + " with another " + header, withHeader(call, header, List.of("x"))));
                List<String> twice = new ArrayList<>(call.headers().get(header.toLowerCase(Locale.ROOT)));
                twice.add("x");
                forged.add(Map.entry(genuine.name() + " with two " + header, withHeader(call, header, twice)));
            }
            if (signsBody() && call.body().length > 0) {
                forged.add(Map.entry(genuine.name() + " with another body", withOtherBody(call)));
            }
            if (signsUrl()) {
                forged.add(Map.entry(genuine.name() + " to another URL", withOtherUrl(call)));
            }
            if (needsSealedUrl()) {
                forged.add(Map.entry(genuine.name() + " not to an attempt's URL", withoutRef(call)));
            }
        }
        return each(forged, Map.Entry::getKey, call -> assertForged(call.getValue()));
    }

    @TestFactory
    Stream<DynamicTest> callsThatCannotBeReadAreSaidToBeSo() {
        return each(
                unreadable(), call -> "body " + new String(call.body(), UTF_8), call -> assertThat(open().webhook(call))
                        .isInstanceOf(WebhookReply.Unreadable.class));
    }

    @Test
    void oldCallsAreForged() {
        signedAt(NOW).ifPresent(call -> assertThat(open().webhook(call)).isInstanceOf(WebhookReply.Receipts.class));
        for (int seconds : new int[] {-3600, -301, 301, 3600}) {
            signedAt(NOW.plusSeconds(seconds)).ifPresent(this::assertForged);
        }
        for (int seconds : new int[] {-290, 290}) {
            signedAt(NOW.plusSeconds(seconds))
                    .ifPresent(call -> assertThat(open().webhook(call)).isInstanceOf(WebhookReply.Receipts.class));
        }
    }

    // ---- how

    private void assertOutcome(Answer answer, Outcome outcome) {
        SendResult result = send(open(), answer);
        assertThat(outcome.is(result)).as("%s is %s", result, outcome).isTrue();
        assertThat(detail(result)).isNotBlank().hasSizeLessThanOrEqualTo(200).doesNotContain(DIGITS, CODE);
    }

    private static String detail(SendResult result) {
        return switch (result) {
            case SendResult.Accepted _ -> "accepted";
            case SendResult.Rejected rejected -> rejected.detail();
            case SendResult.Fault fault -> fault.detail();
            case SendResult.Unknown unknown -> unknown.detail();
        };
    }

    private void assertForged(Webhook call) {
        assertThat(open().webhook(call)).isInstanceOf(WebhookReply.Forged.class);
    }

    private static Webhook withHeader(Webhook call, String name, List<String> values) {
        Map<String, List<String>> headers = new HashMap<>(call.headers());
        assertThat(headers.put(name.toLowerCase(Locale.ROOT), values)).as(name).isNotNull();
        return new Webhook(call.method(), call.url(), call.query(), headers, call.body(), call.ref());
    }

    private static Webhook withOtherBody(Webhook call) {
        byte[] other = otherBody(new String(call.body(), UTF_8)).getBytes(UTF_8);
        return new Webhook(call.method(), call.url(), call.query(), call.headers(), other, call.ref());
    }

    private static String otherBody(String body) {
        if (body.startsWith("{\"")) {
            return "{\"Extra\":\"1\"," + body.substring(1);
        }
        return body.startsWith("{") || body.startsWith("[") || body.startsWith("<") ? body + " " : body + "&Extra=1";
    }

    private static Webhook withOtherUrl(Webhook call) {
        String url = call.url() + (call.url().contains("?") ? "&" : "?") + "extra=1";
        Map<String, List<String>> query = new LinkedHashMap<>(call.query());
        query.put("extra", List.of("1"));
        return new Webhook(call.method(), url, query, call.headers(), call.body(), call.ref());
    }

    private static Webhook withoutRef(Webhook call) {
        return new Webhook(
                call.method(),
                call.url().replace(CALLBACK.toString(), ACCOUNT_CALLBACK.toString()),
                call.query(),
                call.headers(),
                call.body(),
                Optional.empty());
    }

    private <T> Stream<DynamicTest> each(List<T> cases, Function<T, String> name, Consumer<T> test) {
        return cases.stream().map(each -> dynamicTest(name.apply(each), () -> test.accept(each)));
    }
}
