// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import dev.carillon.bench.PhoneNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * People who verify their numbers, one after the other on each thread, as the history's load: some give up, some mistype, some ask for another
 * code or send things twice; some numbers are fought over by everybody. Who gets no answer tries again or goes away.
 * They go on, whatever happens to the nodes, until this is closed.
 */
public final class Users implements AutoCloseable {
    private static final long PAUSE_WHEN_BROKEN = Duration.ofMillis(20).toNanos();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PhoneNumbers numbers;
    private final List<String> contested = new ArrayList<>();
    private volatile boolean closed;

    /**
     * What they do.
     *
     * @param users at once
     * @param contested numbers that all of them use now and then
     * @param patience how long one waits for an answer
     * @param think how long one pauses between two requests
     * @param seed of everything that is left to chance, except which of them comes first
     */
    public record Plan(int users, int contested, Duration patience, Duration think, long seed) {}

    private Users(Plan plan, PhoneNumbers numbers) {
        this.numbers = numbers;
        for (int i = 0; i < plan.contested(); i++) {
            contested.add(numbers.next());
        }
    }

    /** Starts them. The nodes are asked for before every request. */
    public static Users start(History history, Account account, Supplier<List<Node>> nodes, Plan plan) {
        return start(history, account, nodes, plan, new PhoneNumbers(new SplittableRandom(plan.seed())));
    }

    /** The same with numbers that several runs on one server share, so that none meets what another has left. */
    public static Users start(
            History history, Account account, Supplier<List<Node>> nodes, Plan plan, PhoneNumbers numbers) {
        Users users = new Users(plan, numbers);
        SplittableRandom seeds = new SplittableRandom(plan.seed());
        for (int i = 0; i < plan.users(); i++) {
            SplittableRandom random = seeds.split();
            Caller caller = new Caller(history, account, nodes, plan.patience(), random);
            var _ = users.threads.submit(() -> {
                try (caller) {
                    users.new User(caller, random, plan.think()).live();
                } catch (RuntimeException | Error e) {
                    history.note("a user ended with " + e);
                    throw e;
                }
            });
        }
        return users;
    }

    /** Lets each end what it is at. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }

    private synchronized String freshNumber() {
        return numbers.next();
    }

    private final class User {
        private final Caller caller;
        private final RandomGenerator random;
        private final long think;

        User(Caller caller, RandomGenerator random, Duration think) {
            this.caller = caller;
            this.random = random;
            this.think = think.toNanos();
        }

        void live() {
            while (!closed) {
                boolean fight = !contested.isEmpty() && random.nextInt(6) == 0;
                String phone = fight ? contested.get(random.nextInt(contested.size())) : freshNumber();
                create(phone).ifPresent(this::use);
            }
        }

        /** The verification, if one is known. Who has no answer mostly asks again, as networks and their libraries do. */
        private Optional<String> create(String phone) {
            String correlation = Long.toHexString(random.nextLong());
            String key = random.nextBoolean() ? "" : new UUID(random.nextLong(), random.nextLong()).toString();
            for (int i = 0; i < 3 && !closed; i++) {
                Optional<Exchange> created = pause(caller.create(phone, correlation, key));
                if (created.filter(Exchange::isAnswered).isPresent()) {
                    if (!key.isEmpty() && random.nextInt(8) == 0) {
                        var _ = pause(caller.create(phone, correlation, key));
                    }
                    return created.filter(answer -> answer.field("status").equals("pending"))
                            .map(Exchange::about);
                }
                if (random.nextInt(4) == 0) {
                    break;
                }
            }
            return Optional.empty();
        }

        private void use(String verification) {
            if (random.nextInt(4) == 0) {
                return; // gave up
            }
            if (random.nextInt(8) == 0) {
                var _ = pause(caller.retry(verification));
            }
            List<String> codes = pause(caller.status(verification))
                    .filter(Exchange::isAnswered)
                    .map(Story::of)
                    .map(Story::codes)
                    .orElse(List.of());
            if (codes.isEmpty()) {
                return;
            }
            int wrong = random.nextInt(7);
            for (int i = 0; i < wrong && !closed; i++) {
                var _ = pause(caller.check(verification, wrong(codes, i)));
            }
            String right = codes.get(random.nextInt(codes.size()));
            for (int i = random.nextInt(2); i < 2 && !closed; i++) {
                var _ = pause(caller.check(verification, right));
            }
            if (random.nextInt(4) == 0) {
                var _ = pause(caller.status(verification));
            }
        }

        private Optional<Exchange> pause(Optional<Exchange> exchange) {
            boolean broken = exchange.filter(Exchange::isAnswered).isEmpty();
            LockSupport.parkNanos(broken ? PAUSE_WHEN_BROKEN : think);
            return exchange;
        }
    }

    /** A code that was not sent. */
    static String wrong(List<String> codes, int i) {
        int length = codes.getFirst().length();
        long size = (long) Math.pow(10, length);
        long candidate = Long.parseLong(codes.getFirst()) + 1 + i;
        while (codes.contains(digits(candidate % size, length))) {
            candidate += 1_000;
        }
        return digits(candidate % size, length);
    }

    private static String digits(long value, int length) {
        String text = Long.toString(value);
        return "0".repeat(length - text.length()) + text;
    }
}
