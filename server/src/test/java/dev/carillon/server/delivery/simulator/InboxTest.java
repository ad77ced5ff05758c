// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.core.message.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
            @ForAll @IntRange(min = 1, max = 10) int capacity,
            @ForAll @IntRange(max = 45) int seen) {
        Inbox inbox = new Inbox(capacity);
        List<SimulatedMessage> all = new ArrayList<>();
        for (int number : numbers) {
            inbox.add(id -> {
                all.add(message(id, "+" + number, all.size()));
                return all.getLast();
            });
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
            assertThat(inbox.after(seen, Optional.of(to), 3, Duration.ZERO))
                    .isEqualTo(kept.reversed().stream()
                            .filter(message -> message.to().equals(to) && message.id() > seen)
                            .limit(3)
                            .toList());
        }
    }

    @Test
    void whoWaitsIsGivenWhatComes() throws Exception {
        Inbox inbox = filled(10, "+1");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<SimulatedMessage>> waiting =
                    threads.submit(() -> inbox.after(1, Optional.of("+2"), 10, Duration.ofMinutes(1)));
            inbox.add(id -> message(id, "+1", 1));
            inbox.add(id -> message(id, "+2", 2));
            assertThat(waiting.get())
                    .extracting(SimulatedMessage::id, SimulatedMessage::text)
                    .containsExactly(tuple(3L, "2"));
        }
    }

    @Test
    void whoWaitsIsLetGoAtTheEnd() throws Exception {
        Inbox inbox = new Inbox(10);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<SimulatedMessage>> waiting =
                    threads.submit(() -> inbox.after(0, EVERYONE, 10, Duration.ofMinutes(1)));
            inbox.close();
            assertThat(waiting.get()).isEmpty();
        }
    }

    private static Inbox filled(int capacity, String... numbers) {
        Inbox inbox = new Inbox(capacity);
        for (int i = 0; i < numbers.length; i++) {
            String to = numbers[i];
            int text = i;
            inbox.add(id -> message(id, to, text));
        }
        return inbox;
    }

    private static List<String> texts(Inbox inbox, Optional<String> to, int limit) {
        return inbox.messages(to, limit).stream().map(SimulatedMessage::text).toList();
    }

    private static SimulatedMessage message(long id, String to, int text) {
        return new SimulatedMessage(id, to, Channel.SMS, "Acme", Integer.toString(text), "123456", Instant.EPOCH);
    }
}
