// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.LookupProvider;
import dev.carillon.server.lookup.paid.LookupSettings;
import dev.carillon.server.lookup.paid.LookupSettingsReader;
import dev.carillon.server.lookup.paid.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every provider of lookups keeps. A provider's test extends this and says what its contract documents; the provider itself is
 * a server on a port of this machine.
 */
abstract class LookupProviderContract {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    static final PhoneNumber NUMBER = number("+33612345678");
    static final String SECRET = "s3cret-of-the-provider";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProviderFixture server = new ProviderFixture();

    abstract LookupKind kind();

    /** The options besides {@code base_url}; secrets are {@link #SECRET}. */
    abstract Map<String, Object> options();

    /** An answer as it is documented, on a number that was ported, and what it means. */
    abstract String knowing();

    abstract Finding known();

    /** Answers that say that nothing is known, by what they are. */
    abstract Map<String, Answer> ignorant();

    /** Bodies with status 200 that are no answer. */
    abstract List<String> unusable();

    abstract void assertRequest(Recorded request);

    @AfterEach
    void close() {
        server.close();
    }

    static PhoneNumber number(String text) {
        return NumberingPlan.parse(text).asOptional().orElseThrow();
    }

    /** The options with the server's address in them. */
    Map<String, Object> options(String url) {
        Map<String, Object> all = new HashMap<>(options());
        all.put("base_url", url);
        return all;
    }

    private LookupProvider open(Duration timeout) {
        Map<String, Object> provider =
                Map.of("kind", kind().name(), "options", options(server.url().toString()));
        LookupSettings settings = new LookupSettingsReader(LookupKinds.ALL)
                .read(Map.of("acme", provider), _ -> Optional.empty())
                .getFirst();
        return kind().open(settings.options(), JdkHttpCalls.of(timeout), CLOCK);
    }

    Finding ask(Answer answer, Topic... topics) throws LookupFailedException, InterruptedException {
        server.answer(answer);
        Set<Topic> asked = EnumSet.noneOf(Topic.class);
        asked.addAll(List.of(topics));
        try (LookupProvider provider = open(PATIENCE)) {
            return provider.ask(NUMBER, asked);
        }
    }

    Recorded request() {
        return server.request();
    }

    @Test
    void anAnswerIsUnderstood() throws LookupFailedException, InterruptedException {
        assertThat(ask(ProviderFixture.json(200, knowing()), Topic.NETWORK)).isEqualTo(known());
    }

    @Test
    void theRequestIsTheDocumentedOne() throws LookupFailedException, InterruptedException {
        Finding _ = ask(ProviderFixture.json(200, knowing()), Topic.NETWORK);

        assertRequest(server.request());
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotKnownIsNoFailure() {
        return ignorant().entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> assertThat(ask(entry.getValue(), Topic.NETWORK))
                        .isEqualTo(Finding.NOTHING)));
    }

    @TestFactory
    Stream<DynamicTest> failuresSayNothingOfTheNumber() {
        Map<String, Answer> failures = new HashMap<>();
        for (int status : List.of(302, 400, 401, 402, 403, 429, 500, 503)) {
            failures.put(Integer.toString(status), ProviderFixture.json(status, "{\"error\":\"+33612345678\"}"));
        }
        unusable().forEach(body -> failures.put("200 " + body, ProviderFixture.json(200, body)));
        failures.put("truncated", new ProviderFixture.Truncated(200, "application/json", "{\"id\":"));
        failures.put("huge", ProviderFixture.json(200, " ".repeat(300_000) + "{}"));
        failures.put("dropped", new ProviderFixture.Drop());
        return failures.entrySet().stream()
                .map(entry ->
                        dynamicTest(entry.getKey(), () -> assertThatThrownBy(() -> ask(entry.getValue(), Topic.NETWORK))
                                .isInstanceOf(LookupFailedException.class)
                                .hasMessageNotContainingAny("612345678", SECRET)));
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailure() {
        server.answer(new ProviderFixture.Hang());
        try (LookupProvider provider = open(Duration.ofMillis(100))) {
            assertThatThrownBy(() -> provider.ask(NUMBER, Set.of(Topic.NETWORK)))
                    .isInstanceOf(LookupFailedException.class);
        }
    }

    @Test
    void aProviderThatIsNotThereIsAFailure() {
        try (LookupProvider provider = open(PATIENCE)) {
            server.close();
            assertThatThrownBy(() -> provider.ask(NUMBER, Set.of(Topic.NETWORK)))
                    .isInstanceOf(LookupFailedException.class);
        }
    }

    @Test
    void anOptionThatIsNotKnownIsRefused() {
        Map<String, Object> odd = new HashMap<>(options("http://localhost"));
        odd.put("odd_option", "x");
        assertThatThrownBy(() -> kind().open(
                                new Options(odd, _ -> Optional.empty()),
                                _ -> {
                                    throw new IllegalStateException();
                                },
                                CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("odd_option")
                .hasMessageNotContaining(SECRET);
    }
}
