// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.SpendAlert;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.balance.Stripes;
import dev.carillon.core.guard.Counter;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.Clues;
import dev.carillon.core.verification.Command;
import dev.carillon.core.verification.Decision;
import dev.carillon.core.verification.Effect;
import dev.carillon.core.verification.Notice;
import dev.carillon.core.verification.NumberRecord;
import dev.carillon.core.verification.PaidAnswer;
import dev.carillon.core.verification.Reference;
import dev.carillon.core.verification.Replay;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The commands of one write transaction: loads all that they name, decides them in turn, writes all that changed. */
final class Batch {
    private final StoreTransaction tx;
    private final Instant now;
    private final Instant leaseUntil;
    private final Rows<PaidAnswer> paidAnswers;
    private final Rows<Replay> replays;
    private final Rows<NumberRecord> numbers;
    private final Rows<Reference> references;
    private final Rows<Verification> verifications;
    private final Rows<Counter> counters;
    private final Rows<Stripe> stripes;
    private final int ownStripe;
    private final List<BalanceEntry> entries = new ArrayList<>();
    private final List<SpendAlert> alerts = new ArrayList<>();
    private final Map<UUID, OutboxItem> queued = new LinkedHashMap<>();
    private final Set<UUID> done = new LinkedHashSet<>();
    /** The verifications that have an audience, as they were before. */
    private final Map<UUID, Optional<Verification>> noticed = new LinkedHashMap<>();

    /** The last kind that was loaded, in the order of the locks. */
    private @Nullable RowKind furthest;

    /** @param ownStripe which part of accounts' books this node writes to */
    Batch(StoreTransaction tx, Instant now, Instant leaseUntil, int ownStripe) {
        this.tx = tx;
        this.now = now;
        this.leaseUntil = leaseUntil;
        this.paidAnswers = new Rows<>(RowFormat.PAID_ANSWER, tx);
        this.replays = new Rows<>(RowFormat.REPLAY, tx);
        this.numbers = new Rows<>(RowFormat.NUMBER, tx);
        this.references = new Rows<>(RowFormat.REFERENCE, tx);
        this.verifications = new Rows<>(RowFormat.VERIFICATION, tx);
        this.counters = new Rows<>(RowFormat.COUNTER, tx);
        this.stripes = new Rows<>(RowFormat.STRIPE, tx);
        this.ownStripe = ownStripe;
    }

    /**
     * Loads and locks. What the commands name themselves comes in a first round; in a second what follows from that: the latest
     * verification of a number or a reference, the counters of a verification. That is out of the order of the locks where the first round went
     * further, so that it then waits for no lock. A batch that is tried again after such a conflict goes strictly in order, in one
     * round more.
     */
    void load(Collection<? extends Command<?>> commands, boolean inOrder) {
        Round first = new Round();
        for (Command<?> command : commands) {
            first.want(paidAnswers, command.paidAnswerKey());
            first.want(replays, command.replayKey());
            first.want(numbers, command.numberKey());
            first.want(references, command.referenceKey());
            if (!inOrder) {
                first.want(verifications, command.verification(Clues.NONE));
            }
        }
        first.load();
        Round second = new Round();
        for (Command<?> command : commands) {
            second.want(verifications, verificationKey(command));
            if (!inOrder) {
                wantCounters(second, command);
                command.purse(loadedVerification(command))
                        .ifPresent(account -> second.want(stripes, StripeKeys.of(account, ownStripe)));
            }
        }
        second.load();
        Round third = new Round();
        for (Command<?> command : commands) {
            wantCounters(third, command);
            command.purse(loadedVerification(command)).ifPresent(account -> {
                if (inOrder) {
                    // It was tried before: whoever has to look at all must not have to load them out of order.
                    StripeKeys.all(account).forEach(key -> third.want(stripes, key));
                } else {
                    third.want(stripes, StripeKeys.of(account, ownStripe));
                }
            });
        }
        third.load();
    }

    private void wantCounters(Round round, Command<?> command) {
        command.counters(loadedVerification(command)).forEach(key -> round.want(counters, key));
    }

    private Optional<Verification> loadedVerification(Command<?> command) {
        return verificationKey(command).flatMap(verifications::ifLoaded);
    }

    /** The books of one account. */
    private final class LoadedStripes implements Stripes {
        private final UUID account;

        LoadedStripes(UUID account) {
            this.account = account;
        }

        @Override
        public int own() {
            return ownStripe;
        }

        @Override
        public Stripe get() {
            return stripes.get(StripeKeys.of(account, ownStripe)).orElse(Stripe.EMPTY);
        }

        @Override
        public Map<Integer, Stripe> all() {
            Round round = new Round();
            StripeKeys.all(account).forEach(key -> round.want(stripes, key));
            round.load();
            Map<Integer, Stripe> found = new HashMap<>();
            for (int index = 0; index < Stripe.COUNT; index++) {
                int stripe = index;
                stripes.get(StripeKeys.of(account, index)).ifPresent(row -> found.put(stripe, row));
            }
            return found;
        }
    }

    /** For a command that has said that it changes no books. */
    private final class NoStripes implements Stripes {
        @Override
        public int own() {
            return ownStripe;
        }

        @Override
        public Stripe get() {
            throw unnamed();
        }

        @Override
        public Map<Integer, Stripe> all() {
            throw unnamed();
        }

        private static IllegalStateException unnamed() {
            return new IllegalStateException("a command did not name the account whose books it changes");
        }
    }

    /** What is loaded together. */
    private final class Round {
        private final Map<RowKind, Set<UUID>> keys = new EnumMap<>(RowKind.class);
        private final Map<RowKind, Rows<?>> rows = new EnumMap<>(RowKind.class);

        void want(Rows<?> of, Optional<UUID> key) {
            key.ifPresent(some -> want(of, some));
        }

        void want(Rows<?> of, UUID key) {
            if (!of.isLoaded(key)) {
                keys.computeIfAbsent(of.kind(), _ -> new HashSet<>()).add(key);
                rows.put(of.kind(), of);
            }
        }

        void load() {
            if (rows.isEmpty()) {
                return;
            }
            RowKind before = furthest;
            boolean inOrder = before == null || rows.keySet().stream().allMatch(kind -> kind.compareTo(before) > 0);
            Map<RowKind, Map<UUID, byte[]>> bodies = tx.load(keys, inOrder);
            rows.forEach((kind, of) -> {
                of.loaded(keys.getOrDefault(kind, Set.of()), bodies.getOrDefault(kind, Map.of()));
                furthest = kind;
            });
        }
    }

    /** Decides one command on what the ones before it have left. When it throws, it has changed nothing. */
    <R> R decide(Command<R> command) {
        Optional<Verification> verification = verification(command);
        View view = new View(
                command.replayKey().flatMap(replays::get),
                command.numberKey().flatMap(numbers::get),
                command.referenceKey().flatMap(references::get),
                verification,
                counters::get,
                command.purse(verification).<Stripes>map(LoadedStripes::new).orElseGet(NoStripes::new));
        Decision<R> decision = command.run(view, now);
        decision.effects().forEach(this::apply);
        return decision.reply();
    }

    /** Writes; afterwards the transaction may commit. */
    void flush() {
        paidAnswers.flush();
        replays.flush();
        numbers.flush();
        references.flush();
        verifications.flush();
        counters.flush();
        stripes.flush();
        if (!entries.isEmpty()) {
            tx.post(entries);
        }
        // First what goes: a look whether a message has arrived stands in the place of its sending.
        if (!done.isEmpty()) {
            tx.complete(done);
        }
        if (!queued.isEmpty()) {
            tx.enqueue(queued.values());
        }
        List<Announcement> announcements = announcements();
        if (!announcements.isEmpty()) {
            tx.announce(announcements);
        }
    }

    /** What must go out once this is committed. */
    List<Outgoing> outgoing() {
        return queued.values().stream()
                .filter(item -> item.kind() == OutboxItem.Kind.SEND)
                .flatMap(item ->
                        verifications
                                .get(item.verification())
                                .map(verification -> new Outgoing(item, verification))
                                .stream())
                .toList();
    }

    /** What the operator must hear of once this is committed. */
    List<SpendAlert> alerts() {
        return List.copyOf(alerts);
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Save save -> save(save.verification());
            case Effect.SaveNumber save -> numbers.put(save.key(), save.number());
            case Effect.SaveCounter save -> counters.put(save.key(), save.counter());
            case Effect.SaveReference save -> references.put(save.key(), save.reference());
            case Effect.SaveReplay save -> replays.put(save.key(), save.replay());
            case Effect.SaveStripe save -> stripes.put(StripeKeys.of(save.account(), save.index()), save.stripe());
            case Effect.Post post -> entries.add(new BalanceEntry(entryId(), post.posting()));
            case Effect.Alert alert -> alerts.add(alert.alert());
            case Effect.Send send ->
                enqueue(send.attemptId(), send.verification(), send.attempt(), OutboxItem.Kind.SEND, leaseUntil);
            case Effect.LookAgain look ->
                enqueue(look.attemptId(), look.verification(), look.attempt(), OutboxItem.Kind.FALLBACK, look.due());
            case Effect.Done finished -> {
                queued.remove(finished.attemptId());
                done.add(finished.attemptId());
            }
            case Effect.SavePaidAnswer save -> paidAnswers.put(save.key(), save.answer());
            case Effect.ForgetPaidAnswer forget -> paidAnswers.remove(forget.key());
            case Effect.Forget forget -> verifications.remove(forget.verification());
            case Effect.ForgetNumber forget -> numbers.remove(forget.key());
        }
    }

    /** Here, and not where it was decided, so that no decision can forget to tell. */
    private void save(Verification verification) {
        if (!verification.audiences().isEmpty()) {
            noticed.computeIfAbsent(verification.id(), verifications::ifLoaded);
        }
        verifications.put(verification.id(), verification);
    }

    private List<Announcement> announcements() {
        List<Announcement> announcements = new ArrayList<>();
        noticed.forEach((id, before) -> verifications.ifLoaded(id).ifPresent(after -> {
            List<Audience> audiences = after.audiences();
            for (int place = 0; place < audiences.size(); place++) {
                Audience audience = audiences.get(place);
                int from = before.map(earlier -> Notice.of(earlier, audience).size())
                        .orElse(0);
                int upto = Notice.of(after, audience).size();
                if (upto > from) {
                    announcements.add(
                            new Announcement(id, place, after.account(), audience.receiver(), from, upto, now));
                }
            }
        }));
        return announcements;
    }

    private UUID entryId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return TimeOrderedId.of(now, random.nextLong(), random.nextLong());
    }

    private void enqueue(UUID id, UUID verification, int attempt, OutboxItem.Kind kind, Instant due) {
        queued.put(id, new OutboxItem(id, verification, attempt, kind, due));
    }

    private Optional<Verification> verification(Command<?> command) {
        return verificationKey(command).flatMap(verifications::get);
    }

    private Optional<UUID> verificationKey(Command<?> command) {
        return command.verification(new Clues(
                command.numberKey().flatMap(numbers::get),
                command.referenceKey().flatMap(references::get)));
    }
}
