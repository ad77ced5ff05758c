// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.server.ledger.RowReader;
import dev.carillon.server.ledger.RowWriter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What providers have answered on a number.
 *
 * @param asked when each topic was last asked; also those of which nothing was known
 */
public record KnownAnswer(Finding finding, Map<Topic, Instant> asked) {
    /** Nothing was asked. */
    public static final KnownAnswer NONE = new KnownAnswer(Finding.NOTHING, Map.of());

    private static final int FORM = 1;

    public KnownAnswer {
        asked = Map.copyOf(asked);
    }

    /** Only what is not too old. */
    KnownAnswer at(Instant now) {
        KnownAnswer fresh = NONE;
        for (Map.Entry<Topic, Instant> entry : asked.entrySet()) {
            if (now.isBefore(expiresAt(entry.getKey()))) {
                fresh = fresh.with(entry.getKey(), finding, entry.getValue());
            }
        }
        return fresh;
    }

    /** Those of the topics that are not answered. */
    Set<Topic> missing(Set<Topic> wanted) {
        Set<Topic> missing = EnumSet.noneOf(Topic.class);
        missing.addAll(wanted);
        missing.removeAll(asked.keySet());
        return missing;
    }

    /** With an answer on a topic. */
    KnownAnswer with(Topic topic, Finding answer, Instant at) {
        Map<Topic, Instant> times = new EnumMap<>(Topic.class);
        times.putAll(asked);
        times.put(topic, at);
        return new KnownAnswer(finding.with(topic, answer), times);
    }

    /** Without what is on a topic. */
    public KnownAnswer without(Topic topic) {
        Map<Topic, Instant> times = new EnumMap<>(Topic.class);
        times.putAll(asked);
        times.remove(topic);
        return new KnownAnswer(finding.with(topic, Finding.NOTHING), times);
    }

    /** When all of it is too old. */
    Instant expiresAt() {
        return asked.keySet().stream()
                .map(this::expiresAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** When the serving network was asked for. */
    public Optional<Instant> networkAsked() {
        return Optional.ofNullable(asked.get(Topic.NETWORK));
    }

    private Instant expiresAt(Topic topic) {
        Instant at = asked.getOrDefault(topic, Instant.EPOCH);
        return at.plus(finding.has(topic) ? topic.memory() : Topic.NOTHING_KNOWN);
    }

    byte[] toBytes() {
        RowWriter to = new RowWriter();
        to.number(FORM)
                .optional(finding.lineType(), to::constant)
                .optional(finding.network(), network -> to.text(network.code()))
                .optional(finding.carrier(), to::text)
                .optional(finding.ported(), to::flag)
                .optional(finding.callerName(), to::text);
        for (Topic topic : Topic.values()) {
            to.optional(Optional.ofNullable(asked.get(topic)), to::instant);
        }
        return to.toBytes();
    }

    static KnownAnswer read(byte[] bytes) {
        return RowReader.read(bytes, from -> {
            if (from.number() != FORM) {
                throw new IllegalArgumentException("written by a later version");
            }
            Finding finding = new Finding(
                    from.optional(() -> from.constant(LineType.values())),
                    from.optional(() -> new Network(from.text())),
                    from.optional(from::text),
                    from.optional(from::flag),
                    from.optional(from::text));
            Map<Topic, Instant> asked = new EnumMap<>(Topic.class);
            for (Topic topic : Topic.values()) {
                from.optional(from::instant).ifPresent(at -> asked.put(topic, at));
            }
            return new KnownAnswer(finding, asked);
        });
    }
}
