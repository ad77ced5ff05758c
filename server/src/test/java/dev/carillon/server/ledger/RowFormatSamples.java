// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Rate;
import dev.carillon.core.balance.Share;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.Conversion;
import dev.carillon.core.guard.Counter;
import dev.carillon.core.guard.NumberBlock;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.Route;
import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.CodeHash;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Failure;
import dev.carillon.core.verification.News;
import dev.carillon.core.verification.NumberRecord;
import dev.carillon.core.verification.PaidAnswer;
import dev.carillon.core.verification.Reference;
import dev.carillon.core.verification.Replay;
import dev.carillon.core.verification.Sealed;
import dev.carillon.core.verification.Sighting;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Anything that can be a row. */
final class RowFormatSamples {
    private RowFormatSamples() {}

    static Arbitrary<Verification> verifications() {
        Arbitrary<Optional<Instant>> windows = instants().optional();
        return Combinators.combine(
                        uuids(),
                        uuids(),
                        instants(),
                        windows,
                        refusals(),
                        uuids().optional(),
                        Combinators.combine(
                                        Arbitraries.of(true, false),
                                        audiences().list().ofMaxSize(3),
                                        terms().optional())
                                .as(Rest::new),
                        events().list().ofMaxSize(12))
                .as((id, account, createdAt, window, refusal, previous, test, events) -> new Verification(
                        id,
                        account,
                        createdAt,
                        window,
                        window.isPresent() ? Optional.empty() : Optional.of(refusal),
                        previous,
                        test.test(),
                        account,
                        Math.floorMod(id.hashCode(), 1000),
                        new Sealed(account.toString().getBytes(StandardCharsets.UTF_8)),
                        test.audiences(),
                        test.terms(),
                        List.copyOf(events)));
    }

    private record Rest(boolean test, List<Audience> audiences, Optional<Terms> terms) {}

    private static Arbitrary<Terms> terms() {
        Arbitrary<Rate> rates = Combinators.combine(
                        Arbitraries.of(Channel.class).optional(),
                        Arbitraries.of(new Network("20801"), new Network("310410"))
                                .optional(),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.of(true, false))
                .as(Rate::new);
        return Combinators.combine(
                        Arbitraries.of("EUR", "USD"),
                        Arbitraries.of("FR", ""),
                        Arbitraries.longs().greaterOrEqual(0),
                        rates.list().ofMaxSize(4),
                        Arbitraries.of(true, false))
                .as(Terms::new);
    }

    static Arbitrary<Stripe> stripes() {
        Arbitrary<Long> amounts = Arbitraries.longs().between(-(1L << 60), 1L << 60);
        Arbitrary<Share> shares = Combinators.combine(amounts, amounts, Arbitraries.of(0, 50, 80, 100))
                .as(Share::new);
        return Combinators.combine(
                        amounts,
                        amounts,
                        amounts,
                        Arbitraries.integers(),
                        amounts,
                        Arbitraries.longs().between(0, 100_000),
                        Arbitraries.maps(Arbitraries.of(Stripe.ALL, "FR", "DE"), shares))
                .as((available, reserved, charged, rules, leave, day, byScope) -> new Stripe(
                        new Amounts(available + reserved + charged, available, reserved, charged),
                        rules,
                        leave,
                        day,
                        byScope));
    }

    private static Arbitrary<Audience> audiences() {
        return Arbitraries.oneOf(
                uuids().map(Audience.Callback::new),
                Combinators.combine(uuids(), uuids()).as(Audience.Endpoint::new));
    }

    static Arbitrary<NumberRecord> numbers() {
        Arbitrary<NumberRecord.LastCreate> last =
                Combinators.combine(Arbitraries.longs(), instants()).as(NumberRecord.LastCreate::new);
        Arbitrary<NumberRecord.Refused> refused =
                Combinators.combine(uuids(), instants(), refusals()).as(NumberRecord.Refused::new);
        return Combinators.combine(
                        uuids(),
                        uuids().optional(),
                        last.optional(),
                        refused.optional(),
                        allowances(),
                        allowances(),
                        sightings().optional())
                .as(NumberRecord::new);
    }

    private static Arbitrary<Sighting> sightings() {
        return Combinators.combine(Arbitraries.of(new Network("20801"), new Network("310410")), instants())
                .as(Sighting::new);
    }

    static Arbitrary<PaidAnswer> paidAnswers() {
        return Combinators.combine(sealed(), instants()).as(PaidAnswer::new);
    }

    static Arbitrary<Counter> counters() {
        Arbitrary<NumberBlock> blocks = Combinators.combine(
                        Arbitraries.integers().between(0, 999), instants())
                .as(NumberBlock.Entry::new)
                .list()
                .ofMaxSize(20)
                .map(NumberBlock::new);
        Arbitrary<Conversion> conversions = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.of(true, false), instants())
                .as(Conversion.Entry::new)
                .list()
                .ofMaxSize(20)
                .map(Conversion::new);
        return Arbitraries.oneOf(allowances(), blocks, conversions);
    }

    static Arbitrary<Replay> replays() {
        Arbitrary<CreateReply.Answered> answers = Combinators.combine(
                        uuids(), refusals().optional(), instants(), instants().optional())
                .as(CreateReply.Answered::new);
        return Combinators.combine(Arbitraries.longs(), answers, instants()).as(Replay::new);
    }

    private static Arbitrary<VerificationEvent> events() {
        Arbitrary<CodeHash> hashes = Combinators.combine(
                        Arbitraries.integers().between(0, 65_535),
                        Arbitraries.bytes().array(byte[].class).ofSize(CodeHash.LENGTH))
                .as(CodeHash::new);
        Arbitrary<AttemptQueued> queued = Combinators.combine(
                        instants(),
                        uuids(),
                        Arbitraries.integers().between(1, 12),
                        routes(),
                        Arbitraries.of(true, false),
                        hashes.optional(),
                        sealed().optional())
                .as(AttemptQueued::new);
        Arbitrary<AttemptReported> reported = Combinators.combine(
                        instants(),
                        Arbitraries.integers().between(1, 12),
                        news(),
                        Arbitraries.of(Failure.class).optional())
                .as(AttemptReported::new);
        Arbitrary<AttemptRouted> routed = Combinators.combine(
                        instants(),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(Channel.class).set(),
                        Arbitraries.strings().ascii().ofMaxLength(40).optional(),
                        money().optional())
                .as(AttemptRouted::new);
        Arbitrary<CodeChecked> checked = Combinators.combine(
                        instants(),
                        uuids(),
                        Arbitraries.of(CheckResult.class),
                        Arbitraries.integers().between(0, 12),
                        sealed().optional())
                .as(CodeChecked::new);
        Arbitrary<FeedbackGiven> feedback = Combinators.combine(instants(), uuids(), Arbitraries.of(true, false))
                .as(FeedbackGiven::new);
        Arbitrary<BalanceChanged> balance = Combinators.combine(
                        instants(), Arbitraries.integers().between(0, 16), Arbitraries.longs(), Arbitraries.longs())
                .as(BalanceChanged::new);
        return Arbitraries.oneOf(queued, routed, reported, checked, feedback, balance);
    }

    static Arbitrary<Reference> references() {
        Arbitrary<Reference> known = Combinators.combine(
                        uuids(), Arbitraries.integers().between(1, 16), instants())
                .as(Reference.Known::new);
        Arbitrary<Reference> held =
                Combinators.combine(news().list().ofMaxSize(6), instants()).as(Reference.Held::new);
        return Arbitraries.oneOf(known, held);
    }

    private static Arbitrary<News> news() {
        return Combinators.combine(
                        Arbitraries.of(DeliveryStatus.class),
                        instants(),
                        money().optional(),
                        Arbitraries.of(new Network("20801"), new Network("310410"))
                                .optional(),
                        Arbitraries.strings().ascii().ofMaxLength(10).optional())
                .as(News::new);
    }

    private static Arbitrary<Money> money() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.of("EUR", "USD"))
                .as(Money::new);
    }

    private static Arbitrary<Route> routes() {
        Arbitrary<Hop> hops = Combinators.combine(
                        Arbitraries.of(Channel.class),
                        Arbitraries.strings().alpha().ofMaxLength(10),
                        Arbitraries.strings().ascii().ofMaxLength(20),
                        money().optional())
                .as(Hop::new);
        return Combinators.combine(
                        hops.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.strings().ofMaxLength(30).list().ofMaxSize(3))
                .as(Route::new);
    }

    private static Arbitrary<Refusal> refusals() {
        return Combinators.combine(
                        Arbitraries.of(Refusal.Kind.class),
                        Arbitraries.strings().alpha().ofMaxLength(15),
                        instants().optional())
                .as(Refusal::new);
    }

    private static Arbitrary<Allowance> allowances() {
        return instants().map(Allowance::new);
    }

    private static Arbitrary<Sealed> sealed() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Sealed::new);
    }

    private static Arbitrary<UUID> uuids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    }

    /** To the microsecond, as rows keep them. */
    private static Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(-1_000_000_000_000L, 4_102_444_800_000_000L)
                .map(Times::instant);
    }
}
