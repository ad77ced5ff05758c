// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NoticeTest {
    private static final Audience CALLBACK = new Audience.Callback(new UUID(0, 1));
    private static final Audience ENDPOINT = new Audience.Endpoint(new UUID(0, 2), new UUID(0, 1));

    private final World world = new World();

    private Verification opened() {
        return world.verification(world.create().verification());
    }

    private static Verification after(Verification verification, DeliveryStatus status) {
        Instant at = verification.createdAt();
        return Receipts.after(verification, 1, News.of(status, at), Optional.empty(), at);
    }

    private static List<String> kinds(Verification verification, Audience audience) {
        return Notice.of(verification, audience).stream()
                .map(entry -> entry.notice().getClass().getSimpleName())
                .toList();
    }

    private static List<String> kinds(Verification verification) {
        return kinds(verification, CALLBACK);
    }

    @Test
    void aMessageIsToldOfWhenItIsSentAndThenItsWay() {
        Verification verification = opened();
        assertThat(kinds(verification)).containsExactly("Opened");
        verification = after(verification, DeliveryStatus.SUBMITTED);
        assertThat(kinds(verification)).containsExactly("Opened", "Sent");
        verification = after(verification, DeliveryStatus.IN_TRANSIT);
        verification = after(verification, DeliveryStatus.DELIVERED);
        assertThat(kinds(verification)).containsExactly("Opened", "Sent", "Delivery", "Delivery");
    }

    @Test
    void aReceiptThatComesFirstSaysThatItWasSent() {
        assertThat(kinds(after(opened(), DeliveryStatus.DELIVERED))).containsExactly("Opened", "Sent", "Delivery");
    }

    @Test
    void aMessageThatNeverLeftWasNotSent() {
        Verification lost = after(opened(), DeliveryStatus.NOT_SENT);
        assertThat(kinds(lost)).containsExactly("Opened", "Delivery");
        // Its provider had it all the same.
        assertThat(kinds(after(lost, DeliveryStatus.DELIVERED)))
                .containsExactly("Opened", "Delivery", "Sent", "Delivery");
    }

    @Test
    void onlyEndpointsAreToldOfChecksAndAnEventHasOneNumberForAll() {
        UUID id = opened().id();
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
        Verification verification = after(world.verification(id), DeliveryStatus.SUBMITTED);
        assertThat(kinds(verification, CALLBACK)).containsExactly("Opened", "Sent");
        assertThat(kinds(verification, ENDPOINT)).containsExactly("Opened", "Checked", "Sent");
        assertThat(Notice.of(verification, CALLBACK)).isSubsetOf(Notice.of(verification, ENDPOINT));
        assertThat(Notice.of(verification, CALLBACK).getLast().number()).isEqualTo(2);
    }
}
