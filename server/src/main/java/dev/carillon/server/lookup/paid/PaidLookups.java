// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Money;
import dev.carillon.core.phone.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers about numbers, one after the other until all is known, and keeps what they say. Thread-safe.
 *
 * <p>Whoever asks waits no longer than {@link #TIMEOUT}, whatever providers do; what comes later is kept for the next time. Several who
 * ask the same of a number share one question. What cannot be had is simply not known: nothing here fails.
 */
public final class PaidLookups implements AutoCloseable {
    /** For all providers together. */
    public static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Questions at once; with more, lookups answer what is known without. */
    static final int MAX_OPEN = 256;

    private static final Logger LOG = LoggerFactory.getLogger(PaidLookups.class);

    /** A provider as it is used. */
    public record Entry(LookupSettings settings, LookupProvider provider) {}

    private record Question(UUID account, PhoneNumber number, Set<Topic> topics) {}

    private record Source(Entry entry, ProviderBreaker breaker) {
        String name() {
            return entry.settings().name();
        }

        Set<Topic> canTell(PhoneNumber number, Set<Topic> wanted) {
            String region = number.regionCode();
            Set<Topic> topics = EnumSet.noneOf(Topic.class);
            if (entry.settings().countries().contains(region == null ? "" : region)) {
                topics.addAll(wanted);
                topics.retainAll(entry.provider().topics());
            }
            return topics;
        }
    }

    private final List<Source> sources;
    private final KnownAnswers known;
    private final LookupCharges charges;
    private final LookupMetrics metrics;
    private final InstantSource clock;
    private final Duration timeout;
    private final ConcurrentHashMap<Question, CompletableFuture<KnownAnswer>> open = new ConcurrentHashMap<>();
    private final Semaphore slots = new Semaphore(MAX_OPEN);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * With providers in the order in which they are asked.
     *
     * @param clock for the age of answers; how long somebody waits is real time
     */
    public PaidLookups(
            List<Entry> providers,
            KnownAnswers known,
            LookupCharges charges,
            LookupMetrics metrics,
            InstantSource clock) {
        this(providers, known, charges, metrics, clock, TIMEOUT);
    }

    PaidLookups(
            List<Entry> providers,
            KnownAnswers known,
            LookupCharges charges,
            LookupMetrics metrics,
            InstantSource clock,
            Duration timeout) {
        this.sources = providers.stream()
                .map(entry ->
                        new Source(entry, new ProviderBreaker(entry.settings().name())))
                .toList();
        this.known = known;
        this.charges = charges;
        this.metrics = metrics;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Whether there is anybody to ask. */
    public boolean isEmpty() {
        return sources.isEmpty();
    }

    /**
     * What is known of a number when everybody was asked who is worth it, or the time is up.
     *
     * @param account who asks, and pays
     * @param wanted what is to be known; of other topics there is what was kept
     */
    public KnownAnswer of(UUID account, PhoneNumber number, Set<Topic> wanted) {
        if (sources.isEmpty()) {
            return KnownAnswer.NONE;
        }
        long end = System.nanoTime() + timeout.toNanos();
        KnownAnswer kept = kept(account, number);
        Set<Topic> missing = EnumSet.noneOf(Topic.class);
        for (Source source : sources) {
            missing.addAll(source.canTell(number, kept.missing(wanted)));
        }
        if (missing.isEmpty()) {
            return kept;
        }
        CompletableFuture<KnownAnswer> answer = join(new Question(account, number, Set.copyOf(missing)), kept);
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return kept;
        } catch (ExecutionException e) {
            LOG.warn("A lookup failed", e.getCause());
            return kept;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return kept;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        sources.forEach(source -> source.entry().provider().close());
    }

    private KnownAnswer kept(UUID account, PhoneNumber number) {
        try {
            return known.find(account, number).at(clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("What providers answered could not be read: {}", e.getMessage());
            return KnownAnswer.NONE;
        }
    }

    /** The answer that is on its way, or one that is sent for now. */
    private CompletableFuture<KnownAnswer> join(Question question, KnownAnswer kept) {
        CompletableFuture<KnownAnswer> fresh = new CompletableFuture<>();
        CompletableFuture<KnownAnswer> before = open.putIfAbsent(question, fresh);
        if (before != null) {
            return before;
        }
        if (!begin(question, fresh)) {
            end(question, fresh);
            fresh.complete(kept);
        }
        return fresh;
    }

    /** False when there is too much to ask already, or this is being closed. */
    private boolean begin(Question question, CompletableFuture<KnownAnswer> answer) {
        if (!slots.tryAcquire()) {
            return false;
        }
        try {
            executor.execute(() -> answer(question, answer));
            return true;
        } catch (RejectedExecutionException e) {
            slots.release();
            return false;
        }
    }

    private void answer(Question question, CompletableFuture<KnownAnswer> answer) {
        // Once more: another's answer may have been kept since, and would be paid for twice.
        KnownAnswer kept = kept(question.account(), question.number());
        try {
            KnownAnswer found = ask(question, kept);
            if (found.equals(kept)) {
                end(question, answer);
                answer.complete(kept);
            } else {
                // Until it is kept, those who ask the same get it from here.
                answer.complete(found);
                keep(question, found);
            }
        } catch (InterruptedException e) {
            answer.complete(kept);
        } catch (RuntimeException | Error e) {
            end(question, answer);
            answer.completeExceptionally(e);
        } finally {
            end(question, answer);
            slots.release();
        }
    }

    /** Who asks the same from now on asks anew: done before those who waited learn that there is nothing, since they may ask again. */
    private void end(Question question, CompletableFuture<KnownAnswer> answer) {
        open.remove(question, answer);
    }

    private KnownAnswer ask(Question question, KnownAnswer kept) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        KnownAnswer answer = kept;
        Set<Topic> asked = EnumSet.noneOf(Topic.class);
        Set<Topic> missing = kept.missing(question.topics());
        for (Source source : sources) {
            Set<Topic> topics = source.canTell(question.number(), missing);
            if (topics.isEmpty() || System.nanoTime() - end >= 0) {
                continue;
            }
            if (!source.breaker().admits(clock.instant())) {
                metrics.asked(source.name(), LookupMetrics.Outcome.SKIPPED);
                continue;
            }
            List<Money> prices = topics.stream()
                    .flatMap(topic -> source.entry().settings().price(topic).stream())
                    .toList();
            if (!pay(source, question, prices)) {
                metrics.asked(source.name(), LookupMetrics.Outcome.SKIPPED);
                continue;
            }
            Finding finding;
            try {
                finding = ask(source, question, topics, prices);
            } catch (LookupFailedException e) {
                LOG.info("Lookup provider {}: {}", source.name(), e.getMessage());
                continue;
            }
            asked.addAll(topics);
            for (Topic topic : topics) {
                if (finding.has(topic)) {
                    answer = answer.with(topic, finding, clock.instant());
                    missing.remove(topic);
                }
            }
        }
        // What a provider knows nothing of is not asked again for a while; what failed is.
        for (Topic topic : missing) {
            if (asked.contains(topic)) {
                answer = answer.with(topic, Finding.NOTHING, clock.instant());
            }
        }
        return answer;
    }

    /** All or nothing. */
    private boolean pay(Source source, Question question, List<Money> prices) {
        for (int paid = 0; paid < prices.size(); paid++) {
            if (!charges.take(question.account(), question.number(), source.name(), prices.get(paid))) {
                giveBack(source, question, prices.subList(0, paid));
                return false;
            }
        }
        return true;
    }

    private void giveBack(Source source, Question question, List<Money> prices) {
        prices.forEach(price -> charges.giveBack(question.account(), question.number(), source.name(), price));
    }

    private Finding ask(Source source, Question question, Set<Topic> topics, List<Money> prices)
            throws LookupFailedException, InterruptedException {
        boolean good = false;
        try {
            Finding finding = source.entry().provider().ask(question.number(), topics);
            good = true;
            boolean found = topics.stream().anyMatch(finding::has);
            metrics.asked(source.name(), found ? LookupMetrics.Outcome.FOUND : LookupMetrics.Outcome.NOTHING);
            prices.forEach(price -> metrics.paid(source.name(), price));
            return finding;
        } finally {
            if (!good) {
                metrics.asked(source.name(), LookupMetrics.Outcome.FAILED);
                giveBack(source, question, prices);
            }
            source.breaker().record(good, clock.instant());
        }
    }

    private void keep(Question question, KnownAnswer answer) {
        try {
            KnownAnswer all = kept(question.account(), question.number());
            for (Map.Entry<Topic, Instant> entry : answer.asked().entrySet()) {
                if (question.topics().contains(entry.getKey())) {
                    all = all.with(entry.getKey(), answer.finding(), entry.getValue());
                }
            }
            known.keep(question.account(), question.number(), all);
        } catch (RuntimeException e) {
            LOG.warn("What a provider answered could not be kept: {}", e.getMessage());
        }
    }
}
