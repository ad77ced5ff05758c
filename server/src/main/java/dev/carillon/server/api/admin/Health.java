// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether this node should be given work. */
public final class Health {
    private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
    private volatile boolean draining;
    private volatile Optional<Long> lastAsked = Optional.empty();

    /** Adds something that must hold; it is asked at every question and must answer at once. */
    public Health check(String name, BooleanSupplier holds) {
        checks.put(name, holds);
        return this;
    }

    /** From now on the node is not ready, so that a load balancer sends it nothing more. */
    public void drain() {
        draining = true;
    }

    /** Whether anybody has asked within that time, as a load balancer does every few seconds. */
    public boolean wasAskedWithin(Duration time) {
        return lastAsked.map(at -> System.nanoTime() - at <= time.toNanos()).orElse(false);
    }

    /** Each check with its answer. */
    Map<String, Boolean> answers() {
        lastAsked = Optional.of(System.nanoTime());
        Map<String, Boolean> answers = new LinkedHashMap<>();
        answers.put("accepting", !draining);
        checks.forEach((name, holds) -> answers.put(name, holds.getAsBoolean()));
        return answers;
    }
}
