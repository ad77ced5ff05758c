// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NumberBlockTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Limit THREE_IN_TEN_MINUTES = Limit.parse("3/10m");

    @Test
    void oneNumberMoreThanTheLimitIsSuspicious() {
        NumberBlock two = sent(1, 2);
        assertThat(two.isSuspicious(3, THREE_IN_TEN_MINUTES, NOW)).isFalse();
        assertThat(two.withSent(3, NOW).isSuspicious(4, THREE_IN_TEN_MINUTES, NOW))
                .isTrue();
    }

    @Test
    void aNumberThatAsksAgainIsNotNew() {
        NumberBlock three = sent(1, 2, 3, 3, 3);
        assertThat(three.unverified()).hasSize(3);
        assertThat(three.isSuspicious(3, THREE_IN_TEN_MINUTES, NOW)).isFalse();
    }

    @Test
    void whoVerifiesIsForgotten() {
        NumberBlock block = sent(1, 2, 3).withVerified(2);
        assertThat(block.contains(2)).isFalse();
        assertThat(block.isSuspicious(4, THREE_IN_TEN_MINUTES, NOW)).isFalse();
    }

    @Test
    void theLimitLooksBackToTheInstant() {
        NumberBlock block = sent(1, 2, 3);
        Instant later = NOW.plus(Duration.ofMinutes(10));
        assertThat(block.isSuspicious(4, THREE_IN_TEN_MINUTES, later.minusNanos(1)))
                .isTrue();
        assertThat(block.isSuspicious(4, THREE_IN_TEN_MINUTES, later)).isFalse();
    }

    @Test
    void expiresAnHourAfterTheLastOne() {
        assertThat(NumberBlock.EMPTY.expiresAt()).isEqualTo(Instant.EPOCH);
        assertThat(sent(1).withSent(2, NOW.plusSeconds(9)).expiresAt()).isEqualTo(NOW.plusSeconds(3609));
    }

    @Property(tries = 100)
    void isBoundedAndKeepsTheNewestOfEachNumber(@ForAll @Size(max = 400) List<@IntRange(max = 999) Integer> suffixes) {
        NumberBlock block = NumberBlock.EMPTY;
        Instant now = NOW;
        for (int suffix : suffixes) {
            now = now.plusSeconds(1);
            block = block.withSent(suffix, now);
            assertThat(block.contains(suffix)).isTrue();
        }
        assertThat(block.unverified()).hasSizeLessThanOrEqualTo(128);
        assertThat(block.unverified()).extracting(NumberBlock.Entry::member).doesNotHaveDuplicates();
        assertThat(block.unverified()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(block.unverified()).hasSize(Math.min(128, new HashSet<>(suffixes).size()));
    }

    private static NumberBlock sent(int... suffixes) {
        NumberBlock block = NumberBlock.EMPTY;
        for (int suffix : suffixes) {
            block = block.withSent(suffix, NOW);
        }
        return block;
    }
}
