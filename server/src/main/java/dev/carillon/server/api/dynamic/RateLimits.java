// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.Limit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The published limits on requests, of each node's own: 60 in 10 s, 250 in a minute and 500 in 5 minutes from one address, of which 3 in a
 * minute may ask for a code and 10 may try one, and 10,000 in a minute for one environment. Thread-safe.
 */
final class RateLimits {
    private static final List<Limit> ADDRESS = List.of(
            new Limit(60, Duration.ofSeconds(10)),
            new Limit(250, Duration.ofMinutes(1)),
            new Limit(500, Duration.ofMinutes(5)));
    private static final List<Limit> ENVIRONMENT = List.of(new Limit(10_000, Duration.ofMinutes(1)));

    /** Beyond so many subjects, those that were seen longest ago are forgotten. */
    private static final int MAX_SUBJECTS = 100_000;

    /** What a request is for. */
    enum Purpose {
        ANY,
        SEND,
        CHECK;

        private List<Limit> limits() {
            return switch (this) {
                case ANY -> List.of();
                case SEND -> List.of(new Limit(3, Duration.ofMinutes(1)));
                case CHECK -> List.of(new Limit(10, Duration.ofMinutes(1)));
            };
        }
    }

    private final InstantSource clock;
    private final Map<String, List<Allowance>> spent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Allowance>> eldest) {
            return size() > MAX_SUBJECTS;
        }
    };

    RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** From when the request may come: not after now if it may at once, and then it is counted. */
    synchronized Instant take(InetAddress client, UUID environment, Purpose purpose) {
        Instant now = clock.instant();
        String address = text(client);
        Map<String, List<Limit>> subjects = Map.of(
                "ip/" + address, ADDRESS,
                "env/" + environment, ENVIRONMENT,
                purpose + "/" + environment + "/" + address, purpose.limits());
        Instant available = subjects.entrySet().stream()
                .map(subject -> availableAt(subject.getKey(), subject.getValue(), now))
                .max(Instant::compareTo)
                .orElse(now);
        if (!available.isAfter(now)) {
            subjects.forEach((subject, limits) -> take(subject, limits, now));
        }
        return available;
    }

    private Instant availableAt(String subject, List<Limit> limits, Instant now) {
        List<Allowance> states = spent.get(subject);
        Instant available = now;
        for (int i = 0; states != null && i < limits.size(); i++) {
            Instant at = states.get(i).availableAt(limits.get(i), now);
            available = at.isAfter(available) ? at : available;
        }
        return available;
    }

    private void take(String subject, List<Limit> limits, Instant now) {
        List<Allowance> states = spent.getOrDefault(subject, List.of());
        if (!limits.isEmpty()) {
            spent.put(
                    subject,
                    IntStream.range(0, limits.size())
                            .mapToObj(i -> (states.isEmpty() ? Allowance.FULL : states.get(i)).take(limits.get(i), now))
                            .toList());
        }
    }

    /** One household or one attacker has a whole /64 of IPv6. */
    private static String text(InetAddress address) {
        byte[] octets = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(octets, 8) : octets);
    }
}
