// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Spending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PurseTest {
    private static final UUID ACCOUNT = new UUID(0, 1);
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<Integer, Stripe> stripes = new HashMap<>();
    private final List<SpendAlert> alerts = new ArrayList<>();
    private Spending rules = new Spending(true, 0, Optional.empty(), Map.of(), false);
    private Instant now = NOW;
    private int looks;

    @Test
    void aFullPurseIsSeldomLookedAtByAll() {
        fund(1_000_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(spend(i % 4, 40)).isEmpty();
        }
        assertThat(looks).as("400000 of 1000000, by four nodes").isLessThan(60);
    }

    @Test
    void isSpentToTheLastBit() {
        fund(1_000);
        for (int i = 0; i < 25; i++) {
            assertThat(spend(i % 5, 40)).isEmpty();
        }
        assertThat(spend(3, 1)).contains(Unpaid.NEGATIVE_BALANCE);
        assertThat(sum().available()).isZero();
        fund(1);
        assertThat(spend(4, 1)).isEmpty();
    }

    @Test
    void aFloorBelowZeroIsACredit() {
        rules = new Spending(true, -100, Optional.empty(), Map.of(), false);
        assertThat(spend(0, 100)).isEmpty();
        assertThat(spend(1, 1)).contains(Unpaid.NEGATIVE_BALANCE);
    }

    @Test
    void whoBecomesPrepaidHasNoLeaveFromBefore() {
        rules = Spending.UNLIMITED;
        fund(10);
        assertThat(spend(1, 50)).isEmpty();
        assertThat(looks).isZero();

        rules = new Spending(true, 0, Optional.empty(), Map.of(), false);
        assertThat(spend(0, 1)).as("the stripe has 10, all together -40").contains(Unpaid.NEGATIVE_BALANCE);
    }

    @Test
    void leaveUnderALooserLimitIsWorthNothing() {
        fund(1_000);
        assertThat(spend(0, 10)).isEmpty();
        rules = new Spending(true, 900, Optional.empty(), Map.of(), false);
        assertThat(spend(0, 90)).isEmpty();
        assertThat(spend(0, 1)).contains(Unpaid.NEGATIVE_BALANCE);
    }

    @Test
    void aCapHoldsForItsDayAndCountry() {
        rules = new Spending(false, 0, Optional.empty(), Map.of("FR", 100L), false);
        assertThat(spend(0, 60)).isEmpty();
        assertThat(spend(1, 40)).isEmpty();
        assertThat(spend(0, 1)).contains(Unpaid.SPENDING_LIMIT);
        assertThat(spend(0, "DE", 1_000)).isEmpty();
        now = NOW.plusSeconds(14 * 3600);
        assertThat(spend(0, 100)).as("the next day").isEmpty();
    }

    @Test
    void alertsComeOnceEach() {
        rules = new Spending(false, 0, Optional.of(1_000L), Map.of(), false);
        for (int i = 0; i < 120; i++) {
            var _ = spend(i % 7, 10);
            assertThat(alerts)
                    .extracting(SpendAlert::percent)
                    .as("after " + (i + 1) * 10)
                    .isEqualTo(
                            i < 49
                                    ? List.of()
                                    : i < 79 ? List.of(50) : i < 99 ? List.of(50, 80) : List.of(50, 80, 100));
        }
        assertThat(sum().spent()).isEqualTo(1_000);
    }

    @Test
    void aJumpOverSeveralTellsTheHighest() {
        rules = new Spending(false, 0, Optional.of(100L), Map.of(), false);
        assertThat(spend(0, 85)).isEmpty();
        assertThat(spend(0, 85)).contains(Unpaid.SPENDING_LIMIT);
        assertThat(alerts).extracting(SpendAlert::percent).containsExactly(80, 100);
    }

    @Test
    void whatIsGivenBackMayBeSpentAgain() {
        rules = new Spending(true, 0, Optional.of(100L), Map.of(), false);
        fund(100);
        assertThat(spend(0, 100)).isEmpty();
        assertThat(spend(0, 1)).isPresent();
        stripes.put(0, get(0).posted(Amounts.spending(-30, 0), "FR", -30, Purse.day(now)));
        assertThat(spend(1, 30)).isEmpty();
        assertThat(spend(1, 1)).isPresent();
    }

    @Test
    void theBooksOverflowForNobody() {
        Amounts full = Amounts.funding(Long.MAX_VALUE);
        assertThatThrownBy(() -> full.plus(Amounts.funding(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amounts.spending(Long.MAX_VALUE, 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Amounts(1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Optional<Unpaid> spend(int node, long micros) {
        return spend(node, "FR", micros);
    }

    private Optional<Unpaid> spend(int node, String country, long micros) {
        Stripes view = new Stripes() {
            @Override
            public int own() {
                return node;
            }

            @Override
            public Stripe get() {
                return PurseTest.this.get(node);
            }

            @Override
            public Map<Integer, Stripe> all() {
                looks++;
                return Map.copyOf(stripes);
            }
        };
        Purse.Verdict verdict = Purse.judge(ACCOUNT, rules, view, country, micros, now);
        stripes.putAll(verdict.changed());
        alerts.addAll(verdict.alerts());
        if (verdict.refusal().isEmpty()) {
            stripes.put(node, get(node).posted(Amounts.spending(micros, 0), country, micros, Purse.day(now)));
        }
        return verdict.refusal();
    }

    private void fund(long micros) {
        stripes.put(0, get(0).funded(Amounts.funding(micros)));
    }

    private Stripe get(int index) {
        return stripes.getOrDefault(index, Stripe.EMPTY);
    }

    private Amounts sum() {
        return stripes.values().stream().map(Stripe::amounts).reduce(Amounts.ZERO, Amounts::plus);
    }
}
