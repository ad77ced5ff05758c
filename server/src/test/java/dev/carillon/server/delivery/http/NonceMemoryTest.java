// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NonceMemoryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:05:01Z");
    private final NonceMemory memory = new NonceMemory(Duration.ofMinutes(10), 3);

    @Test
    void whatWasTakenIsKnownForAWhile() {
        assertThat(memory.knows("a", NOW)).isFalse();
        memory.remember("a", NOW);
        assertThat(memory.knows("a", NOW)).isTrue();
        assertThat(memory.knows("b", NOW)).isFalse();
        assertThat(memory.knows("a", NOW.plusSeconds(599))).isTrue();
        assertThat(memory.knows("a", NOW.plusSeconds(600))).isFalse();
    }

    @Test
    void whatIsOverIsForgotten() {
        memory.remember("a", NOW);
        memory.remember("b", NOW.plusSeconds(1));
        memory.remember("c", NOW.plusSeconds(600));
        assertThat(memory.size()).isEqualTo(2);
    }

    @Test
    void whenItIsFullTheOldestIsForgotten() {
        for (String nonce : new String[] {"a", "b", "c", "d"}) {
            memory.remember(nonce, NOW);
        }
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.knows("a", NOW)).isFalse();
        assertThat(memory.knows("b", NOW)).isTrue();
        assertThat(memory.knows("d", NOW)).isTrue();
    }
}
