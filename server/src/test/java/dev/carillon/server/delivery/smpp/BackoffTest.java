// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Test
    void doublesUpToItsLimit() {
        Backoff backoff = new Backoff(FIRST, LONGEST, () -> 0);
        assertThat(seconds(backoff, 5)).containsExactly(1.0, 2.0, 4.0, 5.0, 5.0);
        backoff.reset();
        assertThat(seconds(backoff, 2)).containsExactly(1.0, 2.0);
    }

    @Property
    void chanceTakesAwayAtMostHalf(@ForAll @DoubleRange(min = 0, max = 1) double chance) {
        Backoff backoff = new Backoff(FIRST, LONGEST, () -> chance);
        assertThat(backoff.next()).isBetween(FIRST.dividedBy(2), FIRST);
    }

    private static List<Double> seconds(Backoff backoff, int count) {
        return Stream.generate(backoff::next)
                .limit(count)
                .map(wait -> wait.toMillis() / 1000.0)
                .toList();
    }
}
