// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.simulator.Simulator.Delays;
import dev.carillon.server.secret.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
    private static final Delays AT_ONCE = new Delays(Duration.ZERO, Duration.ZERO);
    private static final Delays LATE_IN_AN_HOUR = new Delays(Duration.ZERO, Duration.ofHours(1));
    private static final UUID VERIFICATION = new UUID(0x4000L, 1);

    private final TestClock clock = new TestClock();
    private final Inbox inbox = new Inbox(10);
    private final BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"+12125550100", "+12125550190", "+12125550191", "+12125550199", "+33612345678"})
    void deliversAndReports(String to) throws InterruptedException {
        try (Simulator simulator = simulator(AT_ONCE)) {
            assertThat(simulator.send(message(to, 3))).isEqualTo(SendResult.Accepted.plain());
            assertThat(next()).isEqualTo(Receipt.of(ref(3), DeliveryStatus.DELIVERED, clock.instant()));
        }
        assertThat(inbox.messages(Optional.of(to), 10)).singleElement().satisfies(shown -> {
            assertThat(shown.code()).isEqualTo("123456");
            assertThat(shown.text()).isEqualTo("Your code is 123456");
            assertThat(shown.senderId()).isEqualTo("Acme");
            assertThat(shown.sentAt()).isEqualTo(clock.instant());
        });
    }

    @Test
    void reportsThatAMessageDidNotArrive() throws InterruptedException {
        try (Simulator simulator = simulator(AT_ONCE)) {
            assertThat(simulator.send(message("+12125550192", 1))).isEqualTo(SendResult.Accepted.plain());
            assertThat(next().status()).isEqualTo(DeliveryStatus.UNDELIVERABLE);
        }
        assertThat(inbox.messages(Optional.empty(), 10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"+12125550193,Rejected,rejects", "+12125550195,Fault,down"})
    void refusesAtOnce(String to, String result, String reason) {
        try (Simulator simulator = simulator(AT_ONCE)) {
            assertThat(simulator.send(message(to, 1)).toString())
                    .startsWith(result)
                    .contains(reason)
                    .doesNotContain(to);
        }
        assertThat(receipts).isEmpty();
        assertThat(inbox.messages(Optional.empty(), 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12125550194", "+12125550191"})
    void receiptsThatDoNotComeHoldNobodyUp(String silent) throws InterruptedException {
        try (Simulator simulator = simulator(LATE_IN_AN_HOUR)) {
            simulator.send(message(silent, 1));
            simulator.send(message("+12125550100", 2));
            assertThat(next().subject()).isEqualTo(ref(2));
        }
        assertThat(receipts).isEmpty();
        assertThat(inbox.messages(Optional.of(silent), 10)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1212555019", "+121255501931", "+11125550193", "+442125550193", "+12125551193"})
    void onlyNumbersForFictionAreMagic(String to) {
        assertThat(Script.of(to)).isEqualTo(Script.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({"91,LATE", "92,UNDELIVERABLE", "93,REJECTED", "94,NO_RECEIPT", "95,DOWN", "96,DELIVERED", "00,DELIVERED"
    })
    void theLastTwoDigitsChoose(String digits, Script script) {
        for (String area : new String[] {"200", "212", "999"}) {
            assertThat(Script.of("+1" + area + "55501" + digits)).isEqualTo(script);
        }
    }

    private Simulator simulator(Delays delays) {
        return new Simulator(inbox, (_, receipt) -> receipts.add(receipt), delays, clock);
    }

    private Receipt next() throws InterruptedException {
        return Optional.ofNullable(receipts.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    private Message message(String to, int attempt) {
        return new Message(
                new AttemptRef(VERIFICATION, attempt),
                new UUID(0x4000L, 100 + attempt),
                to,
                "US",
                Channel.SMS,
                "Acme",
                "Your code is 123456",
                new Code("123456"),
                "en",
                Map.of(),
                clock.instant().plusSeconds(600));
    }

    private static Receipt.Subject ref(int attempt) {
        return new Receipt.Subject.OurRef(new AttemptRef(VERIFICATION, attempt));
    }
}
