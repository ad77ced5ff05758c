// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeTest {
    private final World world = new World();

    private Verification opened(Audience.Kind kind) {
        world.audience = Optional.of(new Audience(kind, new UUID(0, 1)));
        return world.verification(world.create().verification());
    }

    private static Verification after(Verification verification, DeliveryStatus status) {
        Instant at = verification.createdAt();
        return Receipts.after(verification, 1, News.of(status, at), Optional.empty(), at);
    }

    private static List<String> kinds(Verification verification) {
        return Notice.of(verification).stream()
                .map(notice -> notice.getClass().getSimpleName())
                .toList();
    }

    @Test
    void nobodyIsToldOfAVerificationWithoutAnAudience() {
        assertThat(Notice.of(world.verification(world.create().verification()))).isEmpty();
    }

    @Test
    void aMessageIsToldOfWhenItIsSentAndThenItsWay() {
        Verification verification = opened(Audience.Kind.CALLBACK);
        assertThat(kinds(verification)).containsExactly("Opened");
        verification = after(verification, DeliveryStatus.SUBMITTED);
        assertThat(kinds(verification)).containsExactly("Opened", "Sent");
        verification = after(verification, DeliveryStatus.IN_TRANSIT);
        verification = after(verification, DeliveryStatus.DELIVERED);
        assertThat(kinds(verification)).containsExactly("Opened", "Sent", "Delivery", "Delivery");
    }

    @Test
    void aReceiptThatComesFirstSaysThatItWasSent() {
        assertThat(kinds(after(opened(Audience.Kind.CALLBACK), DeliveryStatus.DELIVERED)))
                .containsExactly("Opened", "Sent", "Delivery");
    }

    @Test
    void aMessageThatNeverLeftWasNotSent() {
        assertThat(kinds(after(opened(Audience.Kind.CALLBACK), DeliveryStatus.NOT_SENT)))
                .containsExactly("Opened", "Delivery");
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheAccountIsToldOfChecks(Audience.Kind kind) {
        UUID id = opened(kind).id();
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
        assertThat(kinds(world.verification(id)).contains("Checked")).isEqualTo(kind == Audience.Kind.ACCOUNT);
    }
}
