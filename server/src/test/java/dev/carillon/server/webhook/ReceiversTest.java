// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.webhook.Letters.Share;
import dev.carillon.server.webhook.Letters.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceiversTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int ANY = 1000;

    private final Receivers receivers = new Receivers();
    private int letters;

    /** Every receiver is of another account, so that only its own share counts. */
    private static Waiting waiting(int receiver) {
        return new Waiting(new UUID(2, receiver), Optional.of(new UUID(1, receiver)));
    }

    private Letter take(UUID receiver, UUID account, Instant at) {
        Letter letter = new Letter(
                new UUID(3, ++letters), 0, account, receiver, 0, 1, Optional.of(at), at, 0, Optional.empty());
        receivers.take(letter, at);
        return letter;
    }

    private Letter take(int receiver, Instant at) {
        return take(new UUID(2, receiver), new UUID(1, receiver), at);
    }

    private int share(int receiver, Instant now) {
        return receivers.shares(List.of(waiting(receiver)), ANY, now).stream()
                .mapToInt(Share::letters)
                .sum();
    }

    private void fail(Letter letter, Instant now) {
        receivers.done(new Outcome.Failed(letter, 0, "answered 500"), now);
    }

    @Test
    void aReceiverHasAFewRequestsAtATime() {
        assertThat(share(1, NOW)).isEqualTo(Receivers.PER_RECEIVER);
        Letter letter = take(1, NOW);
        assertThat(share(1, NOW)).isEqualTo(Receivers.PER_RECEIVER - 1);
        receivers.done(new Outcome.Told(letter, 1), NOW);
        assertThat(share(1, NOW)).isEqualTo(Receivers.PER_RECEIVER);
        assertThat(receivers.shares(List.of(new Waiting(new UUID(2, 1), Optional.empty())), ANY, NOW))
                .isEmpty();
    }

    @Test
    void theLimitGoesToThoseWhoComeFirst() {
        List<Waiting> all = List.of(waiting(1), waiting(2), waiting(3));
        assertThat(receivers.shares(all, 10, NOW))
                .containsExactly(new Share(new UUID(2, 1), 8), new Share(new UUID(2, 2), 2));
    }

    @Test
    void anAccountWithManyReceiversHasNoMoreThanItsShare() {
        UUID account = new UUID(1, 1);
        List<Waiting> all = new ArrayList<>();
        for (int receiver = 0; receiver < 100; receiver++) {
            all.add(new Waiting(new UUID(2, receiver), Optional.of(account)));
        }
        take(new UUID(2, 500), account, NOW);
        assertThat(receivers.shares(all, ANY, NOW).stream()
                        .mapToInt(Share::letters)
                        .sum())
                .isEqualTo(Receivers.PER_ACCOUNT - 1);
    }

    /** A hundred receivers that all hang leave room for the next. */
    @Test
    void theFullerTheRoomTheLessOfItOneMayHave() {
        int receiver = 0;
        while (share(receiver, NOW) > 0) {
            int letters = share(receiver, NOW);
            for (int i = 0; i < letters; i++) {
                take(receiver, NOW);
            }
            receiver++;
        }
        assertThat(receivers.inFlight()).isEqualTo(Receivers.ROOM);
        assertThat(receiver).isGreaterThan(200);
    }

    @Test
    void whoIsDeadIsProbedByOneLetterAtATime() {
        for (int i = 0; i < 5; i++) {
            fail(take(1, NOW), NOW);
        }
        assertThat(share(1, NOW)).isZero();
        Instant later = NOW.plusSeconds(5);
        assertThat(share(1, later)).isEqualTo(1);
        Letter probe = take(1, later);
        assertThat(share(1, later)).isZero();
        fail(probe, later);
        assertThat(share(1, later.plusSeconds(9))).isZero();
        Instant last = later.plusSeconds(10);
        receivers.done(new Outcome.Told(take(1, last), 1), last);
        assertThat(share(1, last)).isEqualTo(Receivers.PER_RECEIVER);
    }

    @Test
    void whatWasUnderWayWhenItDiedDoesNotMakeThePauseLonger() {
        List<Letter> underWay = new ArrayList<>();
        for (int i = 0; i < Receivers.PER_RECEIVER; i++) {
            underWay.add(take(1, NOW));
        }
        underWay.forEach(letter -> fail(letter, NOW));
        assertThat(share(1, NOW.plusSeconds(5))).isEqualTo(1);
    }

    @Test
    void whoIsForgottenIsNoTrouble() {
        receivers.done(new Outcome.Moot(take(1, NOW)), NOW);
        assertThat(receivers.inFlight()).isZero();
        assertThat(share(1, NOW)).isEqualTo(Receivers.PER_RECEIVER);
    }
}
