// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Money;
import dev.carillon.core.account.Spending;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Purse;
import dev.carillon.core.balance.Rate;
import dev.carillon.core.balance.Share;
import dev.carillon.core.balance.SpendAlert;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.balance.Unpaid;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.RoutingTable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever happens in whatever order, on whichever node: the sum of the entries is the balance, what was promised to be kept is kept,
 * and in the end nothing stays reserved.
 */
class BooksTest {
    private static final int NODES = 4;
    private static final int NUMBERS = 12;
    private static final int CAP = 2_000;
    private static final int CAP_FR = 1_500;

    /** What happens, who to, and on which node. */
    record Step(What what, int number, int attempt, int node, int detail) {}

    enum What {
        CREATE,
        RETRY,
        SENT,
        RECEIPT,
        FALL_BACK,
        TOP_UP,
        LOOKUP,
        ERASE,
        TIME
    }

    private final World world = new World();
    private final List<UUID> ids = new ArrayList<>();
    private final Set<String> alerted = new HashSet<>();
    private Amounts entries = Amounts.ZERO;
    private int counted;

    @Property(tries = 80)
    void theSumOfTheEntriesIsTheBalance(@ForAll("steps") List<Step> steps) {
        world.terms = Optional.of(new Terms(
                "EUR",
                "FR",
                9,
                List.of(
                        new Rate(Optional.of(Channel.WHATSAPP), Optional.empty(), 20, true),
                        new Rate(Optional.of(Channel.SMS), Optional.of(new Network("20801")), 70, false),
                        new Rate(Optional.of(Channel.SMS), Optional.empty(), 40, false)),
                steps.size() % 2 == 0));
        start(Spending.UNLIMITED);
        for (Step step : steps) {
            take(step);
            assertBalanced();
        }
        settleAll();
    }

    @Property(tries = 80)
    void limitsHoldExactlyOnAnyNumberOfNodes(@ForAll("steps") List<Step> steps) {
        world.terms = Optional.of(new Terms(
                "EUR",
                "FR",
                9,
                List.of(
                        new Rate(Optional.of(Channel.WHATSAPP), Optional.empty(), 20, false),
                        new Rate(Optional.of(Channel.SMS), Optional.empty(), 41, false)),
                false));
        start(new Spending(true, -30, Optional.of((long) CAP), Map.of("FR", (long) CAP_FR), false));
        for (Step step : steps) {
            take(step);
            assertBalanced();
            assertWithinLimits();
        }
        settleAll();
    }

    private void start(Spending spending) {
        world.policy = Policies.of(5, "0s,0s,0s", AcceptCodes.ANY, true, channels(), unlimited(), spending);
        world.limitKeys = Map.of();
        world.table = new RoutingTable(
                List.of(World.candidate("one", Channel.SMS), World.candidate("wa", Channel.WHATSAPP)),
                Map.of(),
                Set.of());
    }

    private static Channels channels() {
        return new Channels(List.of(Channel.SMS, Channel.WHATSAPP), true);
    }

    private static Limits unlimited() {
        Limits limits = Limits.STANDARD;
        for (LimitName name : LimitName.values()) {
            limits = limits.with(name, Optional.empty());
        }
        return limits;
    }

    private void take(Step step) {
        world.node = step.node();
        switch (step.what()) {
            case CREATE -> create(step);
            case TOP_UP -> world.run(new TopUp(World.ACCOUNT, step.detail() * 40L - 100, Optional.empty()));
            case LOOKUP -> lookUp(step.detail());
            case TIME -> world.pass(Duration.ofMinutes(step.detail() * 47L));
            case RETRY, SENT, RECEIPT, FALL_BACK, ERASE -> {
                if (!ids.isEmpty()) {
                    toOne(step, ids.get(step.number() % ids.size()));
                }
            }
        }
    }

    /** One of three is not answered. */
    private void lookUp(int detail) {
        long price = 3L + detail;
        long left = available() - world.policy.spending().floor();
        boolean paid = world.run(lookup(price));
        if (paid && detail % 3 == 0) {
            assertThat(world.run(lookup(-price))).isTrue();
        } else if (!paid) {
            assertThat(left < price || spentToday("FR") + price > CAP_FR)
                    .as("refused with enough")
                    .isTrue();
        }
    }

    private ChargeLookup lookup(long micros) {
        return new ChargeLookup(World.ACCOUNT, world.policy, "FR", new Money(micros, "EUR"), "one");
    }

    private void create(Step step) {
        long left = available() - world.policy.spending().floor();
        long spent = spentToday("FR");
        int before = world.sent.size();
        CreateReply reply =
                world.run(world.command(step.number(), world.freshId().hashCode(), Optional.empty()));
        switch (reply) {
            case CreateReply.Answered answered -> {
                if (!ids.contains(answered.verification())) {
                    ids.add(answered.verification());
                }
            }
            case CreateReply.NotPaid(Unpaid why) -> {
                assertThat(world.sent).as("nothing goes out").hasSize(before);
                long dearest = 9 + 41;
                switch (why) {
                    case NEGATIVE_BALANCE ->
                        assertThat(left).as("refused with enough").isLessThan(dearest);
                    case SPENDING_LIMIT -> assertThat(spent).isGreaterThan(CAP_FR - dearest);
                }
            }
            case CreateReply.KeyReused() -> throw new AssertionError();
        }
    }

    private void toOne(Step step, UUID id) {
        Optional<Verification> found = Optional.ofNullable(world.verifications.get(id));
        if (found.isEmpty()) {
            return; // erased
        }
        int attempts = found.get().attempts().size();
        int attempt = attempts == 0 ? 1 : 1 + step.attempt() % attempts;
        switch (step.what()) {
            case RETRY ->
                world.run(new RetryVerification(World.ACCOUNT, world.policy, id, world.limitKeys, world.nextAttempt()));
            case SENT -> sent(found.get(), attempt, step.detail());
            case RECEIPT -> receipt(found.get(), attempt, step.detail());
            case FALL_BACK -> world.fallBack(id, attempt);
            case ERASE -> world.run(new EraseNumber(World.id(10_000 + step.number())));
            case CREATE, TOP_UP, LOOKUP, TIME -> throw new AssertionError();
        }
    }

    private void sent(Verification verification, int attempt, int detail) {
        if (attempt > verification.attempts().size()) {
            return;
        }
        int last = verification.attempts().get(attempt - 1).route().hops().size() - 1;
        SendOutcome outcome =
                switch (detail % 5) {
                    case 0 -> World.notSent(0, Failure.FAULT);
                    case 1 -> World.notSent(last, Failure.NUMBER);
                    case 2 -> World.unknown(0);
                    case 3 -> World.submitted(last);
                    default ->
                        new SendOutcome(
                                DeliveryStatus.SUBMITTED,
                                Optional.empty(),
                                0,
                                Set.of(),
                                Optional.empty(),
                                Optional.of(new Money(detail * 7L, "EUR")));
                };
        world.reportSend(verification.id(), attempt, outcome);
    }

    private void receipt(Verification verification, int attempt, int detail) {
        News news = new News(
                List.of(DeliveryStatus.values()).get(detail % DeliveryStatus.values().length),
                world.now,
                detail % 3 == 0
                        ? Optional.of(new Money(detail * 5L, detail % 2 == 0 ? "EUR" : "USD"))
                        : Optional.empty(),
                detail % 4 == 0 ? Optional.of(new Network("20801")) : Optional.empty(),
                Optional.empty());
        verification.attempts().stream()
                .filter(queued -> queued.number() == attempt)
                .findFirst()
                .ifPresent(queued -> world.run(new ReportDelivery(
                        verification.id(), attempt, verification.hop(queued).connection(), news)));
    }

    /** All messages come to an end, so that nothing is on its way any more. */
    private void settleAll() {
        assertEachIsBooked();
        for (UUID id : ids) {
            Optional.ofNullable(world.verifications.get(id)).ifPresent(verification -> verification
                    .attempts()
                    .forEach(attempt -> world.reportSend(id, attempt.number(), SendOutcome.submitted())));
        }
        assertBalanced();
        assertEachIsBooked();
        assertThat(books().reserved()).as("nothing stays reserved").isZero();
    }

    private void assertBalanced() {
        while (counted < world.postings.size()) {
            entries = entries.plus(world.postings.get(counted++).change());
        }
        assertThat(books()).isEqualTo(entries);
        assertThat(books().reserved()).isNotNegative();
        assertThat(books().charged()).isNotNegative();
    }

    /** The entries of each verification are what its own story tells, and nothing is missing. */
    private void assertEachIsBooked() {
        Map<Optional<UUID>, Amounts> sums = new HashMap<>();
        world.postings.forEach(posting -> sums.merge(posting.verification(), posting.change(), Amounts::plus));
        world.verifications.values().forEach(verification -> {
            long reserved = 0;
            long charged = 0;
            for (int item = 0; item <= verification.attempts().size(); item++) {
                reserved += verification.booked(item).reserved();
                charged += verification.booked(item).charged();
            }
            assertThat(sums.getOrDefault(Optional.of(verification.id()), Amounts.ZERO))
                    .isEqualTo(Amounts.spending(reserved, charged));
            assertThat(Billing.changes(verification, world.now))
                    .as("all is booked")
                    .isEmpty();
        });
    }

    private void assertWithinLimits() {
        long withdrawn = world.postings.stream()
                .filter(posting -> posting.change().funded() < 0)
                .count();
        if (withdrawn == 0) {
            assertThat(available()).isGreaterThanOrEqualTo(-30);
        }
        assertThat(spentToday(Stripe.ALL)).isLessThanOrEqualTo(CAP);
        assertThat(spentToday("FR")).isLessThanOrEqualTo(CAP_FR);
        for (SpendAlert alert : world.alerts) {
            assertThat(alerted.add(alert.scope() + alert.percent() + alert.day()))
                    .as("told once: " + alert)
                    .isTrue();
        }
        world.alerts.clear();
        for (int percent : List.of(50, 80)) {
            if (spentToday("FR") >= CAP_FR * percent / 100) {
                assertThat(IntStream.of(50, 80, 100)
                                .filter(told -> told >= percent)
                                .mapToObj(told -> "FR" + told + LocalDate.ofEpochDay(Purse.day(world.now))))
                        .as("%s %% of the cap is told when it is reached", percent)
                        .anyMatch(alerted::contains);
            }
        }
    }

    private Amounts books() {
        return world.stripes.values().stream().map(Stripe::amounts).reduce(Amounts.ZERO, Amounts::plus);
    }

    private long available() {
        return books().available();
    }

    private long spentToday(String scope) {
        return world.stripes.values().stream()
                .filter(stripe -> stripe.day() == Purse.day(world.now))
                .map(stripe -> stripe.shares().getOrDefault(scope, new Share(0, 0, 0)))
                .mapToLong(Share::spent)
                .sum();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<What> what = Arbitraries.of(
                What.CREATE,
                What.CREATE,
                What.CREATE,
                What.CREATE,
                What.RETRY,
                What.SENT,
                What.SENT,
                What.SENT,
                What.RECEIPT,
                What.RECEIPT,
                What.FALL_BACK,
                What.TOP_UP,
                What.TOP_UP,
                What.ERASE,
                What.TIME);
        return Combinators.combine(
                        what,
                        Arbitraries.integers().between(0, NUMBERS - 1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, NODES - 1),
                        Arbitraries.integers().between(0, 30))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(70);
    }
}
