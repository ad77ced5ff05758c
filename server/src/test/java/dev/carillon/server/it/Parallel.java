// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many at once. */
final class Parallel {
    private Parallel() {}

    /** One party: prepares, and acts when all have prepared. */
    interface Party<T> extends AutoCloseable {
        void prepare() throws Exception;

        T act() throws Exception;

        @Override
        void close();
    }

    /** Runs parties so that all act at the same moment; what they returned, in their order. */
    static <T> List<T> atOnce(int count, IntFunction<Party<T>> parties) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Party<T> party = parties.apply(i);
            tasks.add(() -> {
                try (party) {
                    party.prepare();
                    start.await(30, TimeUnit.SECONDS);
                    return party.act();
                }
            });
        }
        return all(tasks);
    }

    /** Runs tasks, each on a thread of its own; what they returned, in their order. */
    static <T> List<T> all(List<? extends Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        }
    }
}
