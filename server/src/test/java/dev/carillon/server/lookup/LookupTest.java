// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sighting;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.PaidLookups;
import dev.carillon.server.lookup.paid.TestProviders;
import dev.carillon.server.secret.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LookupTest {
    private static final PhoneNumber FRENCH =
            NumberingPlan.parse("+33612345678").asOptional().orElseThrow();
    private static final Network ORANGE = new Network("20801");

    private final TestClock clock = new TestClock();
    private final AccountView account = new AccountView(
            new Account(new UUID(1, 1), "Acme", false, Policy.STANDARD, clock.instant()),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    private final AtomicInteger asked = new AtomicInteger();
    private PaidLookups paid = TestProviders.none();

    @AfterEach
    void close() {
        paid.close();
    }

    private Lookup lookup(ServingNetworks serving, TestProviders.Script script) {
        TestProviders.Script counted = (number, topics) -> {
            asked.incrementAndGet();
            return script.ask(number, topics);
        };
        paid = TestProviders.of(List.of(TestProviders.entry("one", "all", counted)), clock, Duration.ofSeconds(20));
        return Lookup.shipped(serving, paid, clock);
    }

    private ServingNetworks seen(Duration ago) {
        Sighting sighting = new Sighting(ORANGE, clock.instant().minus(ago));
        return (_, _) -> Optional.of(sighting);
    }

    @Test
    void whatAReceiptToldTodayNeedNotBePaidFor() {
        NumberFacts facts =
                lookup(seen(Duration.ofHours(23)), (_, _) -> Finding.NOTHING).of(account, FRENCH, false);

        assertThat(facts.mnc()).contains("01");
        assertThat(facts.ported()).contains(true);
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatAReceiptToldLongAgoCountsWhenNobodyKnowsBetter() {
        NumberFacts facts =
                lookup(seen(Duration.ofHours(25)), (_, _) -> Finding.NOTHING).of(account, FRENCH, false);

        assertThat(facts.mnc()).contains("01");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aStoreThatCannotBeReadMakesALookupWorseAndNoFailure() {
        ServingNetworks broken = (_, _) -> {
            throw new StoreException("gone", null);
        };
        NumberFacts facts = lookup(broken, (_, _) -> Finding.NOTHING).of(account, FRENCH, false);

        assertThat(facts.mnc()).contains("10");
    }

    /** Verifications ask these, and nothing else of lookups: see the rules of ArchitectureTest. */
    @Test
    void whoSendsWaitsForNobody() {
        CountDownLatch never = new CountDownLatch(1);
        ServingNetworks waiting = (_, _) -> {
            throw new AssertionError("a store was asked");
        };
        Lookup lookup = lookup(waiting, (_, _) -> {
            never.await();
            return Finding.NOTHING;
        });

        assertThat(lookup.network(FRENCH, Optional.empty())).contains(new Network("20810"));
        assertThat(lookup.network(FRENCH, Optional.of(ORANGE))).contains(ORANGE);
        assertThat(lookup.isTemporary(FRENCH)).isFalse();
        assertThat(asked).hasValue(0);
    }
}
