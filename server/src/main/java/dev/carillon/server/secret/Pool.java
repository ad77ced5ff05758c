// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up to {@value #SLOTS} idle objects that are costly to make and used by one thread at a time. It neither blocks nor
 * ties an object to a thread, so it suits any number of virtual threads. An object that is not given back is forgotten:
 * that is what to do with one whose use failed.
 */
final class Pool<T> {
    private static final int SLOTS = 16;

    private final AtomicReferenceArray<@Nullable T> idle = new AtomicReferenceArray<>(SLOTS);
    private final Supplier<T> factory;

    Pool(Supplier<T> factory) {
        this.factory = factory;
    }

    T take() {
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) % SLOTS;
            // The plain look first: most slots are empty, and a swap would fight over the line for nothing.
            if (idle.getPlain(slot) != null) {
                T taken = idle.getAndSet(slot, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return factory.get();
    }

    void give(T object) {
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) % SLOTS;
            if (idle.getPlain(slot) == null && idle.compareAndSet(slot, null, object)) {
                return;
            }
        }
    }

    private static int start() {
        return (int) (Thread.currentThread().threadId() & (SLOTS - 1));
    }
}
