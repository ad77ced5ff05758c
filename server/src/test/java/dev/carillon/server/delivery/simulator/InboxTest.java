// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.core.message.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final Optional<String> EVERYONE = Optional.empty();

    @Test
    void showsTheNewestFirst() {
        Inbox inbox = filled(10, "+1", "+2", "+1");
        assertThat(texts(inbox, EVERYONE, 10)).containsExactly("2", "1", "0");
        assertThat(texts(inbox, EVERYONE, 2)).containsExactly("2", "1");
        assertThat(texts(inbox, EVERYONE, 0)).isEmpty();
    }

    @Test
    void showsOneNumberAlone() {
        Inbox inbox = filled(10, "+1", "+2", "+1");
        assertThat(texts(inbox, Optional.of("+1"), 10)).containsExactly("2", "0");
        assertThat(texts(inbox, Optional.of("+3"), 10)).isEmpty();
    }

    @Test
    void forgetsTheOldest() {
        Inbox inbox = filled(2, "+1", "+2", "+1");
        assertThat(texts(inbox, EVERYONE, 10)).containsExactly("2", "1");
        assertThat(texts(inbox, Optional.of("+1"), 10)).containsExactly("2");
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<SimulatedMessage> shown = filled(2, "+1").messages(EVERYONE, 10);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(shown::clear);
    }

    @Property(tries = 200)
    void isAWindowOnTheLastOnes(
            @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 10) int capacity) {
        Inbox inbox = new Inbox(capacity);
        List<SimulatedMessage> all = new ArrayList<>();
        for (int number : numbers) {
            SimulatedMessage message = message("+" + number, all.size());
            inbox.add(message);
            all.add(message);
        }
        List<SimulatedMessage> kept =
                all.subList(Math.max(0, all.size() - capacity), all.size()).reversed();
        assertThat(inbox.messages(EVERYONE, 100)).isEqualTo(kept);
        for (int number = 0; number <= 4; number++) {
            String to = "+" + number;
            assertThat(inbox.messages(Optional.of(to), 100))
                    .isEqualTo(kept.stream()
                            .filter(message -> message.to().equals(to))
                            .toList());
        }
    }

    private static Inbox filled(int capacity, String... numbers) {
        Inbox inbox = new Inbox(capacity);
        for (int i = 0; i < numbers.length; i++) {
            inbox.add(message(numbers[i], i));
        }
        return inbox;
    }

    private static List<String> texts(Inbox inbox, Optional<String> to, int limit) {
        return inbox.messages(to, limit).stream().map(SimulatedMessage::text).toList();
    }

    private static SimulatedMessage message(String to, int text) {
        return new SimulatedMessage(to, Channel.SMS, "Acme", Integer.toString(text), "123456", Instant.EPOCH);
    }
}
