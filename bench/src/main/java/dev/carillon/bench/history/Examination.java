// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks the server, once it has recovered, for everything that the history needs to prove something: numbers whose create was not answered are created
 * again, accepted codes are checked again, budgets are spent to their end, and each verification is read last of all. Judges nothing.
 */
public final class Examination {
    private static final int THREADS = 8;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MORE_THAN_ANY_BUDGET = 6;

    private final History history;
    private final Account account;
    private final Supplier<List<Node>> nodes;
    private final Duration patience;

    /** @param patience how long the server may take to answer each question, or to have a message sent */
    public Examination(History history, Account account, Supplier<List<Node>> nodes, Duration patience) {
        this.history = history;
        this.account = account;
        this.nodes = nodes;
        this.patience = patience;
    }

    /**
     * Runs it. No user may be active.
     *
     * @param awaitMessages whether to wait until every message has left, which takes as long as a lease when a node has died
     * @throws IllegalStateException when the server does not answer
     */
    public void run(boolean awaitMessages) throws InterruptedException {
        Predicate<Story> underWay = awaitMessages ? underWay(Case::isUnsent) : _ -> false;
        Map<String, Boolean> unknown = new LinkedHashMap<>();
        for (Exchange exchange : history.exchanges()) {
            if (exchange.operation() == Operation.CREATE) {
                unknown.merge(exchange.number(), exchange.isUnknown(), Boolean::logicalOr);
            }
        }
        each(unknown.keySet().stream().filter(unknown::get).toList(), (caller, number) -> {
            // Two different ones, or the second would only be told the answer to the first.
            answer(() -> caller.create(number, "once more", ""));
            answer(() -> caller.create(number, "and again", ""));
        });
        Map<String, List<Exchange>> known = new LinkedHashMap<>();
        for (Exchange exchange : history.exchanges()) {
            if (!exchange.about().isEmpty()) {
                known.computeIfAbsent(exchange.about(), _ -> new ArrayList<>()).add(exchange);
            }
        }
        each(
                List.copyOf(known.keySet()),
                (caller, id) -> examine(caller, new Case(id, known.getOrDefault(id, List.of())), underWay));
    }

    private void examine(Caller caller, Case it, Predicate<Story> underWay) {
        Exchange reading = answer(() -> caller.status(it.id()));
        if (reading.isAnswered()) {
            probe(caller, it, Story.of(reading));
            Exchange _ = read(caller, it.id(), underWay);
        }
    }

    /**
     * The last reading of each, when all messages have left, and are paid for, or patience is over.
     *
     * @param unsent what a message is that has not left
     */
    Map<String, Exchange> read(Collection<String> verifications, Predicate<Story> unsent) throws InterruptedException {
        Map<String, Exchange> read = new ConcurrentHashMap<>();
        each(List.copyOf(verifications), (caller, id) -> read.put(id, read(caller, id, underWay(unsent))));
        return read;
    }

    private Exchange read(Caller caller, String id, Predicate<Story> underWay) {
        Exchange last = answer(() -> caller.status(id));
        long deadline = System.nanoTime() + patience.toNanos();
        while (last.isAnswered() && underWay.test(Story.of(last)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            last = answer(() -> caller.status(id));
        }
        return last;
    }

    /** A message of a number that is verified does not leave any more, but what was reserved for it comes back. */
    private static Predicate<Story> underWay(Predicate<Story> unsent) {
        return unsent.or(Story::reserved);
    }

    private void probe(Caller caller, Case it, Story story) {
        Optional<String> accepted = it.all(Operation.CHECK).stream()
                .filter(check -> check.isAnswered() && check.field("status").equals("valid"))
                .map(Exchange::input)
                .findFirst();
        if (accepted.isPresent()) {
            answer(() -> caller.check(it.id(), accepted.get()));
            return;
        }
        List<String> codes = story.codes();
        if (codes.isEmpty()) {
            return;
        }
        // Every other one is spent to its end: what is left of the budget is left, and not one more.
        if (it.id().hashCode() % 2 == 0) {
            for (int i = 0; i < MORE_THAN_ANY_BUDGET; i++) {
                int typed = 100 + i;
                answer(() -> caller.check(it.id(), Users.wrong(codes, typed)));
            }
        } else {
            it.all(Operation.CREATE).stream()
                    .filter(Exchange::isAnswered)
                    .findFirst()
                    .ifPresent(create -> answer(() -> caller.create(create.number(), "is it open", "")));
        }
        answer(() -> caller.check(it.id(), codes.getFirst()));
        answer(() -> caller.check(it.id(), codes.getFirst()));
    }

    private interface Question<T> {
        void ask(Caller caller, T about);
    }

    private <T> void each(List<T> all, Question<T> question) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int first = i;
                running.add(threads.submit(() -> {
                    try (Caller caller = new Caller(history, account, nodes, patience, new SplittableRandom(first))) {
                        for (int j = first; j < all.size(); j += THREADS) {
                            question.ask(caller, all.get(j));
                        }
                    }
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the examination failed: " + e.getCause(), e);
        }
    }

    /** The first answer that is one, or is the contract's own refusal. */
    private Exchange answer(Supplier<Optional<Exchange>> question) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Exchange> exchange = question.get();
            if (exchange.filter(told -> told.isAnswered() || told.http() == 400).isPresent()) {
                return exchange.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the server has not recovered: " + exchange);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
