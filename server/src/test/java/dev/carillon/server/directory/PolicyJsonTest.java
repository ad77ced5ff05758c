// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.NumberRules;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.Spending;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.message.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {
    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<Optional<String>> texts = Arbitraries.strings()
                .all()
                .excludeChars('\u0000')
                .ofMaxLength(20)
                .optional();
        var numbers = Combinators.combine(
                        millis(1000, Policy.MAX_WINDOW.toMillis()),
                        Arbitraries.integers().between(4, 8),
                        Arbitraries.integers().between(1, 10),
                        millis(0, 3_600_000).list().ofMaxSize(10))
                .as((window, length, checks, retries) -> new Policy(
                        window,
                        length,
                        checks,
                        retries,
                        AcceptCodes.ANY,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Countries.ALL,
                        Set.of(),
                        Optional.empty(),
                        Channels.STANDARD,
                        Limits.STANDARD,
                        NumberRules.STANDARD,
                        Spending.UNLIMITED));
        return Combinators.combine(
                        numbers,
                        Arbitraries.of(AcceptCodes.values()),
                        Arbitraries.of(true, false).tuple2(),
                        brands().optional(),
                        Combinators.combine(texts, texts).as((a, b) -> List.of(a, b)),
                        Arbitraries.of(Locale.getISOCountries())
                                .set()
                                .ofMaxSize(5)
                                .map(Countries::new),
                        Arbitraries.strings().ofMaxLength(11).set().ofMaxSize(4),
                        Combinators.combine(limits(), channels(), numberRules()).as(Rest::new))
                .as((base, codes, flags, brand, optional, countries, senders, rest) -> new Policy(
                        base.window(),
                        base.codeLength(),
                        base.maxChecks(),
                        base.retryAfter(),
                        codes,
                        flags.get1(),
                        flags.get2(),
                        brand,
                        optional.get(0),
                        countries,
                        senders,
                        optional.get(1),
                        rest.channels(),
                        rest.limits(),
                        rest.numbers(),
                        Spending.UNLIMITED));
    }

    private record Rest(Limits limits, Channels channels, NumberRules numbers) {}

    private static Arbitrary<NumberRules> numberRules() {
        return Combinators.combine(
                        Arbitraries.of(NumberRules.POSSIBLE).set().ofMinSize(1),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(NumberRules::new);
    }

    private static Arbitrary<Channels> channels() {
        return Combinators.combine(
                        Arbitraries.of(Channel.class).list().uniqueElements().ofMinSize(1), Arbitraries.of(true, false))
                .as(Channels::new);
    }

    private static Arbitrary<Duration> millis(long least, long most) {
        return Arbitraries.longs().between(least, most).map(Duration::ofMillis);
    }

    private static Arbitrary<String> brands() {
        return Arbitraries.strings()
                .withChars("Acme & Söhne \"日本\" \\/<>")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text -> !text.isBlank());
    }

    private static Arbitrary<Limits> limits() {
        Arbitrary<Limit> limit = Combinators.combine(
                        Arbitraries.integers().between(1, 1_000_000),
                        Arbitraries.longs().between(1, 2_592_000).map(Duration::ofSeconds))
                .as(Limit::new);
        return Arbitraries.maps(Arbitraries.of(LimitName.values()), limit.optional())
                .ofMaxSize(LimitName.values().length)
                .map(PolicyJsonTest::limits);
    }

    /** What is remembered of a block bounds its limit. */
    private static Limits limits(Map<LimitName, Optional<Limit>> limits) {
        Map<LimitName, Optional<Limit>> possible = new HashMap<>(limits);
        possible.computeIfPresent(LimitName.BLOCK, (_, _) -> Optional.of(new Limit(127, Duration.ofHours(1))));
        for (LimitName name : LimitName.values()) {
            if (name.isAboutFeedback()) {
                possible.computeIfPresent(name, (_, _) -> Optional.of(new Limit(100, Duration.ofHours(24))));
            }
        }
        return new Limits(possible);
    }

    @Property(tries = 500)
    void everyPolicyIsReadBackTheSame(@ForAll("policies") Policy policy) {
        assertThat(PolicyJson.read(PolicyJson.write(policy))).isEqualTo(policy);
    }

    @Test
    void fieldsHaveTheNamesAndSpellingsOfTheCommandLine() {
        Policy policy = PolicyJson.read("{\"limits\":{\"number-hour\":\"5/1h\",\"ip\":\"off\"},\"brand\":\"Acme\"}");
        assertThat(PolicyJson.write(policy))
                .isEqualTo("{\"window\":\"10m\",\"code-length\":6,\"max-checks\":5,\"retry-after\":\"30s,1m,2m\","
                        + "\"accept-codes\":\"any\",\"auto-retry\":true,\"show-codes\":false,\"brand\":\"Acme\","
                        + "\"countries\":\"all\",\"senders\":[],\"channels\":\"sms\",\"fallback\":true,"
                        + "\"lines\":\"mobile,voip\",\"temporary-numbers\":true,\"cnam\":false,"
                        + "\"limits\":{\"number-hour\":\"5/1h\",\"ip\":\"off\"}}");
    }

    @Test
    void spendingIsKeptToTheMillionth() {
        Spending spending = new Spending(
                true, -12_345_678, Optional.of(1L), Map.of("DE", 999_999_999_999_999_999L, "FR", 0L), true);
        Policy policy = standardBut(Policy.STANDARD.window(), spending);
        assertThat(PolicyJson.read(PolicyJson.write(policy)).spending()).isEqualTo(spending);
        assertThat(PolicyJson.write(Policy.STANDARD)).doesNotContain("spending");
        assertThat(PolicyJson.read(PolicyJson.write(Policy.STANDARD, PolicyJson.write(policy))))
                .as("back to nothing")
                .isEqualTo(Policy.STANDARD);
    }

    @Test
    void whatIsMissingHasItsDefault() {
        assertThat(PolicyJson.read("{}")).isEqualTo(Policy.STANDARD);
        assertThat(PolicyJson.read("{\"window\":null,\"limits\":{}}")).isEqualTo(Policy.STANDARD);
    }

    @Test
    void whatANewerVersionWroteIsIgnoredAndKept() {
        String newer = "{\"voice\":{\"a\":1},\"brand\":\"Old\",\"limits\":{\"tower\":\"1/1h\",\"ip\":\"off\"}}";
        Policy policy = PolicyJson.read(newer);
        assertThat(policy.limits().overrides()).containsOnlyKeys(LimitName.IP);
        String changed = PolicyJson.write(Policy.STANDARD, newer);
        assertThat(PolicyJson.read(changed)).isEqualTo(Policy.STANDARD);
        assertThat(changed)
                .contains("\"voice\":{\"a\":1}")
                .contains("\"tower\":\"1/1h\"")
                .doesNotContain("Old");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"window":600}                  | window: a value of another type
            {"window":"soon"}               | window: 'soon' is not a duration
            {"window":"2h"}                 | window must be 1s to 60m
            {"code-length":"6"}             | code-length: a value of another type
            {"code-length":6.5}             | code-length: a value of another type
            {"code-length":9}               | code-length must be 4 to 8
            {"accept-codes":"some"}         | accept-codes: 'some' is not any, latest or same
            {"countries":"ZZ"}              | countries: 'ZZ' is not an ISO
            {"lines":"premium-rate"}        | lines: 'premium-rate' is not one of
            {"cnam":"yes"}                  | cnam: a value of another type
            {"senders":[1]}                 | senders: a list of texts
            {"limits":{"ip":"many"}}        | limits: 'many' is not COUNT/DURATION
            {"limits":{"ip":null}}          | limits: 'null' is not COUNT/DURATION
            []                              | a policy must be a JSON object
            {                               | a policy must be JSON
            """)
    void whatIsWrongIsNamed(String json, String message) {
        assertThatThrownBy(() -> PolicyJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatWouldNotBeReadBackIsNotWritten() {
        Policy odd = standardBut(Duration.ofNanos(1_000_000_001), Spending.UNLIMITED);
        assertThatThrownBy(() -> PolicyJson.write(odd)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Policy standardBut(Duration window, Spending spending) {
        Policy standard = Policy.STANDARD;
        return new Policy(
                window,
                standard.codeLength(),
                standard.maxChecks(),
                standard.retryAfter(),
                standard.acceptCodes(),
                standard.autoRetry(),
                standard.showCodes(),
                standard.brand(),
                standard.defaultLocale(),
                standard.countries(),
                standard.senders(),
                standard.originDomain(),
                standard.channels(),
                standard.limits(),
                standard.numbers(),
                spending);
    }
}
