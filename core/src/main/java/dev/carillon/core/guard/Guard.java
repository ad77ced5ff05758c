// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Decides whether a message may be sent. Nothing is taken from any limit unless all of them allow it. */
public final class Guard {
    private Guard() {}

    /**
     * Who asks, and what is known of the number.
     *
     * @param keys where the counter of each limit that applies is found; a signal that was not given has none
     * @param block where the number's block is counted
     * @param blockMember a keyed hash that tells the number from its neighbours
     * @param trusted the number verified here before, or the customer vouches for its user: no fraud rule, but every limit
     * @param lastMessage when a message was last sent to the number; empty since it verified
     * @param cooldown the least time after that
     * @param hour what is left of {@link LimitName#NUMBER_HOUR}
     * @param day what is left of {@link LimitName#NUMBER_DAY}
     */
    public record Request(
            Map<LimitName, UUID> keys,
            UUID block,
            int blockMember,
            boolean trusted,
            Optional<Instant> lastMessage,
            Duration cooldown,
            Allowance hour,
            Allowance day) {}

    /**
     * The answer.
     *
     * @param refusal why not; empty: allowed
     * @param charged the counters as they are after this message; empty when it was refused
     */
    public record Verdict(Optional<Refusal> refusal, Map<UUID, Counter> charged, Allowance hour, Allowance day) {}

    /** Whether a window may be opened and its first message sent. */
    public static Verdict judge(
            Limits limits, Request request, Function<UUID, Optional<Counter>> counters, Instant now) {
        Optional<Refusal> refusal = fraud(limits, request, counters, now)
                .or(() -> cooldown(request, now))
                .or(() -> spent(limits, LimitName.NUMBER_HOUR, request.hour(), now))
                .or(() -> spent(limits, LimitName.NUMBER_DAY, request.day(), now))
                .or(() -> spent(limits, request.keys(), counters, now));
        if (refusal.isPresent()) {
            return new Verdict(refusal, Map.of(), request.hour(), request.day());
        }
        Map<UUID, Counter> charged = new LinkedHashMap<>(charge(limits, request.keys(), counters, now));
        if (limits.get(LimitName.BLOCK).isPresent()) {
            charged.put(request.block(), block(request.block(), counters).withSent(request.blockMember(), now));
        }
        return new Verdict(
                Optional.empty(),
                charged,
                take(limits, LimitName.NUMBER_HOUR, request.hour(), now),
                take(limits, LimitName.NUMBER_DAY, request.day(), now));
    }

    /** The limit among those of {@code keys} that is spent; the one that is available last. */
    public static Optional<Refusal> spent(
            Limits limits, Map<LimitName, UUID> keys, Function<UUID, Optional<Counter>> counters, Instant now) {
        return keys.entrySet().stream()
                .filter(entry -> !entry.getKey().isAboutFeedback()
                        && limits.get(entry.getKey()).isPresent())
                .flatMap(entry -> spent(limits, entry.getKey(), allowance(entry.getValue(), counters), now).stream())
                .max((a, b) ->
                        a.availableAt().orElseThrow().compareTo(b.availableAt().orElseThrow()));
    }

    /** The counters of {@code keys} after one was taken from each. */
    public static Map<UUID, Counter> charge(
            Limits limits, Map<LimitName, UUID> keys, Function<UUID, Optional<Counter>> counters, Instant now) {
        Map<UUID, Counter> charged = new LinkedHashMap<>();
        keys.forEach((name, key) -> limits.get(name)
                .filter(_ -> !name.isAboutFeedback())
                .ifPresent(limit -> charged.put(key, allowance(key, counters).take(limit, now))));
        return charged;
    }

    /** What is remembered of a block of numbers. */
    public static NumberBlock block(UUID key, Function<UUID, Optional<Counter>> counters) {
        return counters.apply(key).orElse(NumberBlock.EMPTY) instanceof NumberBlock block ? block : NumberBlock.EMPTY;
    }

    /** What is remembered of what was said of users. */
    public static Conversion conversion(UUID key, Function<UUID, Optional<Counter>> counters) {
        return counters.apply(key).orElse(Conversion.EMPTY) instanceof Conversion said ? said : Conversion.EMPTY;
    }

    private static Optional<Refusal> fraud(
            Limits limits, Request request, Function<UUID, Optional<Counter>> counters, Instant now) {
        if (request.trusted()) {
            return Optional.empty();
        }
        return limits.get(LimitName.BLOCK)
                .filter(limit -> block(request.block(), counters).isSuspicious(request.blockMember(), limit, now))
                .map(_ -> LimitName.BLOCK)
                .or(() -> badFeedback(limits, request.keys(), counters, now))
                .map(name -> Refusal.spam(name.text()));
    }

    private static Optional<LimitName> badFeedback(
            Limits limits, Map<LimitName, UUID> keys, Function<UUID, Optional<Counter>> counters, Instant now) {
        for (LimitName name : LimitName.values()) {
            UUID key = name.isAboutFeedback() ? keys.get(name) : null;
            if (key != null
                    && limits.get(name)
                            .filter(limit -> conversion(key, counters).isSuspicious(limit, now))
                            .isPresent()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> cooldown(Request request, Instant now) {
        return request.lastMessage()
                .map(last -> last.plus(request.cooldown()))
                .filter(now::isBefore)
                .map(at -> Refusal.rateLimited(LimitName.NUMBER_COOLDOWN, at));
    }

    private static Optional<Refusal> spent(Limits limits, LimitName name, Allowance allowance, Instant now) {
        return limits.get(name)
                .map(limit -> allowance.availableAt(limit, now))
                .filter(now::isBefore)
                .map(at -> Refusal.rateLimited(name, at));
    }

    private static Allowance take(Limits limits, LimitName name, Allowance allowance, Instant now) {
        return limits.get(name).map(limit -> allowance.take(limit, now)).orElse(allowance);
    }

    private static Allowance allowance(UUID key, Function<UUID, Optional<Counter>> counters) {
        return counters.apply(key).orElse(Allowance.FULL) instanceof Allowance allowance ? allowance : Allowance.FULL;
    }
}
