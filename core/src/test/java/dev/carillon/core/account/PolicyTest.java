// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void theStandardIsWhatTheContractPromises() {
        Policy standard = Policy.STANDARD;
        assertThat(standard.window()).isEqualTo(TEN_MINUTES);
        assertThat(standard.codeLength()).isEqualTo(6);
        assertThat(standard.maxChecks()).isEqualTo(5);
        assertThat(standard.retryAfter()).isEqualTo(Durations.parseList("30s,60s,120s"));
        assertThat(standard.acceptCodes()).isEqualTo(AcceptCodes.ANY);
        assertThat(standard.autoRetry()).isTrue();
        assertThat(standard.showCodes()).isFalse();
        assertThat(standard.countries()).isEqualTo(Countries.ALL);
    }

    @ParameterizedTest
    @CsvSource({"999ms,false", "1s,true", "10m,true", "60m,true", "3600001ms,false", "0s,false"})
    void windowIsOneSecondToOneHour(String window, boolean allowed) {
        assertAllowed(allowed, "window", () -> policy(Durations.parse(window), 6, 5, "30s", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"3,false", "4,true", "8,true", "9,false", "-1,false"})
    void codeLengthIsFourToEight(int length, boolean allowed) {
        assertAllowed(allowed, "code-length", () -> policy(TEN_MINUTES, length, 5, "30s", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "10,true", "11,false"})
    void maxChecksIsOneToTen(int checks, boolean allowed) {
        assertAllowed(allowed, "max-checks", () -> policy(TEN_MINUTES, 6, checks, "30s", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"0s,true", "1h,true", "3600001ms,false"})
    void retryAfterIsAtMostAnHour(String delay, boolean allowed) {
        assertAllowed(allowed, "retry-after", () -> policy(TEN_MINUTES, 6, 5, "30s," + delay, Optional.empty()));
    }

    @Test
    void retryAfterHasAtMostTenEntries() {
        String ten = String.join(",", Collections.nCopies(10, "1s"));
        assertAllowed(true, "retry-after", () -> policy(TEN_MINUTES, 6, 5, ten, Optional.empty()));
        assertAllowed(false, "retry-after", () -> policy(TEN_MINUTES, 6, 5, ten + ",1s", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\u0085x", "123456789012345678901"})
    void refusesBrands(String brand) {
        assertAllowed(false, "brand", () -> policy(TEN_MINUTES, 6, 5, "30s", Optional.of(brand)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "Acme & Söhne", "12345678901234567890"})
    void acceptsBrands(String brand) {
        assertAllowed(true, "brand", () -> policy(TEN_MINUTES, 6, 5, "30s", Optional.of(brand)));
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        List<Duration> delays = new ArrayList<>(List.of(Duration.ofSeconds(30)));
        Policy policy = policy(TEN_MINUTES, delays, Limits.STANDARD);
        delays.clear();
        assertThat(policy.retryAfter()).hasSize(1);
    }

    @Test
    void cooldownFollowsTheRetrySchedule() {
        assertThat(Policy.STANDARD.cooldown()).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy(TEN_MINUTES, Durations.parseList("45s,60s"), Limits.STANDARD)
                        .cooldown())
                .isEqualTo(Duration.ofSeconds(45));
        assertThat(policy(TEN_MINUTES, List.of(), Limits.STANDARD).cooldown()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void cooldownIsNotLongerThanTheWindow() {
        Duration window = Duration.ofSeconds(10);
        assertThat(policy(window, Durations.parseList("30s"), Limits.STANDARD).cooldown())
                .isEqualTo(window);
    }

    @Test
    void cooldownCanBeSetOrSwitchedOff() {
        Limits set = Limits.STANDARD.with(LimitName.NUMBER_COOLDOWN, Optional.of(Limit.parse("1/10m")));
        Limits off = Limits.STANDARD.with(LimitName.NUMBER_COOLDOWN, Optional.empty());
        assertThat(policy(TEN_MINUTES, List.of(), set).cooldown()).isEqualTo(TEN_MINUTES);
        assertThat(policy(TEN_MINUTES, List.of(), off).cooldown()).isZero();
    }

    @Test
    void anAccountHasAName() {
        for (String name : List.of("", " ", "x".repeat(101))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Account(new UUID(0, 1), name, false, Policy.STANDARD, Instant.EPOCH));
        }
        assertThatCode(() -> new Account(new UUID(0, 1), "x".repeat(100), true, Policy.STANDARD, Instant.EPOCH))
                .doesNotThrowAnyException();
    }

    private static void assertAllowed(boolean allowed, String named, Runnable policy) {
        if (allowed) {
            assertThatCode(policy::run).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException().isThrownBy(policy::run).withMessageContaining(named);
        }
    }

    private static void policy(Duration window, int length, int checks, String retryAfter, Optional<String> brand) {
        make(window, length, checks, Durations.parseList(retryAfter), brand, Limits.STANDARD);
    }

    private static Policy policy(Duration window, List<Duration> retryAfter, Limits limits) {
        return make(window, 6, 5, retryAfter, Optional.empty(), limits);
    }

    private static Policy make(
            Duration window, int length, int checks, List<Duration> retryAfter, Optional<String> brand, Limits limits) {
        return new Policy(
                window,
                length,
                checks,
                retryAfter,
                AcceptCodes.ANY,
                true,
                false,
                brand,
                Optional.empty(),
                Countries.ALL,
                Set.of(),
                Optional.empty(),
                Channels.STANDARD,
                limits,
                NumberRules.STANDARD,
                Spending.UNLIMITED);
    }
}
