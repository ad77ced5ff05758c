// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.balance.Posting;
import dev.carillon.core.balance.SpendAlert;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.balance.Stripes;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.guard.Counter;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Candidate;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.routing.RouteRequest;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.routing.Senders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A ledger without I/O: applies decisions to maps, moves the clock by hand, and keeps the codes that went out. */
final class World implements CodeVault {
    static final UUID ACCOUNT = id(1);
    static final Duration DAY = Duration.ofDays(1);

    private static final byte[] NO_SUBJECT = new byte[0];

    final Map<UUID, Verification> verifications = new HashMap<>();
    final Map<UUID, NumberRecord> numbers = new HashMap<>();
    final Map<UUID, Counter> counters = new HashMap<>();
    final Map<UUID, Replay> replays = new HashMap<>();
    final Map<UUID, Reference> references = new HashMap<>();
    /** Looks that are due some time, by attempt. */
    final Map<UUID, Effect.LookAgain> looks = new LinkedHashMap<>();

    final Map<Integer, Stripe> stripes = new HashMap<>();
    final List<Posting> postings = new ArrayList<>();
    final List<SpendAlert> alerts = new ArrayList<>();
    /** How often all stripes were looked at. */
    int looksAtAll;

    /** Which node does what is done, by the stripe that it writes to. */
    int node;

    Optional<Terms> terms = Optional.empty();

    final List<Effect.Send> sent = new ArrayList<>();
    final Map<UUID, Code> codes = new HashMap<>();

    Policy policy = Policy.STANDARD;
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    Map<LimitName, UUID> limitKeys = Map.of(LimitName.ACCOUNT, id(90));
    List<Audience> audiences = List.of();
    boolean returning;
    Optional<TestNumber> testNumber = Optional.empty();
    int pepper = 1;
    RoutingTable table = new RoutingTable(List.of(candidate("one", Channel.SMS)), Map.of(), Set.of());
    private long lastId = 1000;
    private int lastCode;

    static UUID id(long number) {
        return new UUID(0x4000L, number);
    }

    UUID freshId() {
        return id(++lastId);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    <R> R run(Command<R> command) {
        Optional<NumberRecord> number = command.numberKey().map(numbers::get);
        Optional<Reference> reference = command.referenceKey().map(references::get);
        View view = new View(
                command.replayKey().map(replays::get),
                number,
                reference,
                command.verification(new Clues(number, reference)).map(verifications::get),
                key -> Optional.ofNullable(counters.get(key)),
                books());
        Decision<R> decision = command.run(view, now);
        decision.effects().forEach(this::apply);
        return decision.reply();
    }

    /** The books as the node sees them. */
    Stripes books() {
        return new Stripes() {
            @Override
            public int own() {
                return node;
            }

            @Override
            public Stripe get() {
                return stripes.getOrDefault(node, Stripe.EMPTY);
            }

            @Override
            public Map<Integer, Stripe> all() {
                looksAtAll++;
                return Map.copyOf(stripes);
            }
        };
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Save save -> verifications.put(save.verification().id(), save.verification());
            case Effect.SaveNumber save -> numbers.put(save.key(), save.number());
            case Effect.SaveCounter save -> counters.put(save.key(), save.counter());
            case Effect.SaveStripe save -> stripes.put(save.index(), save.stripe());
            case Effect.Post post -> postings.add(post.posting());
            case Effect.Alert alert -> alerts.add(alert.alert());
            case Effect.SaveReplay save -> replays.put(save.key(), save.replay());
            case Effect.Send send -> sent.add(send);
            case Effect.SaveReference save -> references.put(save.key(), save.reference());
            case Effect.LookAgain look -> looks.put(look.attemptId(), look);
            case Effect.Done done -> looks.remove(done.attemptId());
            case Effect.SavePaidAnswer _, Effect.ForgetPaidAnswer _ -> {}
            case Effect.Forget forget -> verifications.remove(forget.verification());
            case Effect.ForgetNumber forget -> numbers.remove(forget.key());
        }
    }

    CreateReply.Answered create() {
        return create(7);
    }

    /** A create for one of the thousand numbers of a block, each call with other fields than the one before. */
    CreateReply.Answered create(int suffix) {
        return (CreateReply.Answered) run(command(suffix, ++lastId, Optional.empty()));
    }

    CreateVerification command(int suffix, long fingerprint, Optional<UUID> replayKey) {
        return new CreateVerification(
                ACCOUNT,
                policy,
                freshId(),
                replayKey,
                fingerprint,
                id(10_000 + suffix),
                id(80),
                suffix,
                limitKeys,
                returning,
                testNumber,
                new Sealed(NO_SUBJECT),
                audiences,
                terms,
                nextAttempt());
    }

    NextAttempt nextAttempt() {
        UUID attempt = freshId();
        Code code = Code.of(100_000 + ++lastCode, 6);
        codes.put(attempt, code);
        return new NextAttempt(attempt, code, this, Routes.of(table, (_, seen) -> request(seen)));
    }

    CheckResult check(UUID verification, String typed) {
        CheckReply reply = run(new CheckCode(ACCOUNT, policy, verification, freshId(), Code.typed(typed), this));
        return ((CheckReply.Answered) reply).result();
    }

    RetryReply.Answered retry(UUID verification) {
        return (RetryReply.Answered)
                run(new RetryVerification(ACCOUNT, policy, verification, limitKeys, nextAttempt()));
    }

    /** A receipt. */
    Reported report(UUID verification, int attempt, DeliveryStatus status) {
        return run(new ReportDelivery(verification, attempt, sender(verification, attempt), News.of(status, now)));
    }

    /** The connection that a message went by, as far as is known. */
    private String sender(UUID verification, int attempt) {
        Verification found = verification(verification);
        return found.attempt(attempt)
                .map(queued -> found.hop(queued).connection())
                .orElse("one");
    }

    /** What became of handing a message over; with somebody who looks 25 s later whether it arrived. */
    Reported reportSend(UUID verification, int attempt, SendOutcome outcome, Optional<UUID> reference) {
        UUID item = verification(verification).attempts().get(attempt - 1).id();
        return run(new ReportSend(verification, attempt, item, outcome, reference, Optional.of(now.plusSeconds(25))));
    }

    Reported reportSend(UUID verification, int attempt, SendOutcome outcome) {
        return reportSend(verification, attempt, outcome, Optional.empty());
    }

    boolean fallBack(UUID verification, int attempt) {
        UUID item = verification(verification).attempts().stream()
                .filter(queued -> queued.number() == attempt)
                .map(VerificationEvent.AttemptQueued::id)
                .findFirst()
                .orElseGet(this::freshId);
        return run(new FallBack(verification, attempt, item, policy, limitKeys, nextAttempt()));
    }

    static SendOutcome submitted(int hop) {
        return new SendOutcome(
                DeliveryStatus.SUBMITTED, Optional.empty(), hop, Set.of(), Optional.empty(), Optional.empty());
    }

    static SendOutcome unknown(int hop) {
        return new SendOutcome(
                DeliveryStatus.UNKNOWN, Optional.empty(), hop, Set.of(), Optional.empty(), Optional.empty());
    }

    static SendOutcome notSent(int hop, Failure failure) {
        return new SendOutcome(
                DeliveryStatus.NOT_SENT, Optional.of(failure), hop, Set.of(), Optional.empty(), Optional.empty());
    }

    static Candidate candidate(String connection, Channel channel) {
        return new Candidate(new Lane(connection, channel), Countries.ALL, List.of(), Senders.ANY);
    }

    private RouteRequest request(Optional<Network> seen) {
        return new RouteRequest("FR", seen, true, policy.channels(), _ -> "Acme");
    }

    Verification verification(UUID id) {
        return Optional.ofNullable(verifications.get(id)).orElseThrow();
    }

    /** The code of an attempt as the phone shows it. */
    String codeOf(UUID verification, int attempt) {
        var queued = verification(verification).attempts().get(attempt - 1);
        return open(queued.content().orElseThrow(), queued.id()).orElseThrow().digits();
    }

    @Override
    public int currentPepper() {
        return pepper;
    }

    @Override
    public CodeHash hash(UUID verification, Code code, int withPepper) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) withPepper);
            digest.update(verification.toString().getBytes(StandardCharsets.UTF_8));
            return new CodeHash(withPepper, digest.digest(code.digits().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Sealed seal(Code code, UUID id, Instant until) {
        // Like the real one, never unreadable before its time is over.
        return new Sealed(ByteBuffer.allocate(16)
                .putLong(until.plusNanos(999_999).toEpochMilli())
                .put(code.digits().getBytes(StandardCharsets.UTF_8))
                .array());
    }

    @Override
    public Optional<Code> open(Sealed code, UUID id) {
        ByteBuffer bytes = ByteBuffer.wrap(code.bytes());
        boolean over = !now.isBefore(Instant.ofEpochMilli(bytes.getLong()));
        String digits =
                new String(code.bytes(), 8, 8, StandardCharsets.UTF_8).strip().replace("\0", "");
        return over ? Optional.empty() : Optional.of(new Code(digits));
    }
}
