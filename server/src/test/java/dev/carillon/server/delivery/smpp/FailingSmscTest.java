// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Binds that are dropped, throttled and stalled, answers that are late or refuse. */
@Timeout(60)
class FailingSmscTest {
    private NpmSmsc smsc;
    private Given given;
    private ExecutorService threads;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        smsc = NpmSmsc.start();
        given = Given.smsc("127.0.0.1", smsc.port());
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void stop() throws IOException {
        threads.close();
        smsc.close();
    }

    @Test
    void withoutABindItIsAFaultAtOnce() throws InterruptedException {
        smsc.tell("binds", "status", 0x0D);
        try (Connection connection = given.open()) {
            await().until(() -> connection.state().detail().contains("refused"));
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("0 of 1 binds; the bind is refused: ESME_RBINDFAIL (0x0000000D)"));
        }
    }

    @Test
    void theServerStartsWithoutTheSmsc() throws IOException, InterruptedException {
        smsc.close();
        try (Connection connection = given.open()) {
            assertThat(connection.send(Given.message("Your code is 123456"))).isInstanceOf(SendResult.Fault.class);
            await().until(() -> connection.state().detail().contains("ConnectException"));
        }
    }

    @Test
    void aDroppedBindComesBack() throws InterruptedException {
        try (Connection connection = bound(given.with("binds", 3), 3)) {
            smsc.tell("drop");
            await().until(() -> smsc.sessionsClosed() == 3);
            await().until(() -> connection.state().detail().equals("3 of 3 binds"));
            assertThat(smsc.pdus("bind_transceiver").size()).isGreaterThanOrEqualTo(6);
            assertThat(connection.send(Given.message("Your code is 123456"))).isEqualTo(accepted("1"));
        }
    }

    @Test
    void anUnbindIsAnsweredAndTheBindComesBack() {
        try (Connection connection = bound(given, 1)) {
            smsc.tell("unbind");
            smsc.awaitPdus("unbind_resp", 1);
            smsc.awaitPdus("bind_transceiver", 2);
            await().until(() -> connection.state().isUp());
        }
    }

    /** The answer is not waited for on a connection that is gone, and nothing is sent twice. */
    @Test
    void aBindThatBreaksInTheMiddleLeavesItUnknown() throws InterruptedException {
        try (Connection connection = bound(given.timeout(Duration.ofSeconds(50)), 1)) {
            smsc.tell("submits", "drop", true);
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Unknown("the connection broke before the answer came"));
            assertThat(smsc.pdus("submit_sm")).hasSize(1);
        }
    }

    @Test
    void aThrottledBindHoldsBack() throws InterruptedException {
        try (Connection connection = bound(given, 1)) {
            smsc.tell("submits", "status", List.of(0x58, 0));
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("ESME_RTHROTTLED (0x00000058)"));
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("0 of 1 binds; the SMSC throttles"));
            assertThat(smsc.pdus("submit_sm")).hasSize(1);
            await().until(() -> connection.state().isUp());
            assertThat(connection.send(Given.message("Your code is 123456"))).isEqualTo(accepted("2"));
        }
    }

    @Test
    void anotherBindSendsWhileOneIsThrottled() throws InterruptedException {
        try (Connection connection = bound(given.with("binds", 2), 2)) {
            smsc.tell("submits", "status", List.of(0x14, 0));
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("ESME_RMSGQFUL (0x00000014)"));
            assertThat(connection.send(Given.message("Your code is 123456"))).isEqualTo(accepted("2"));
        }
        assertThat(new HashSet<>(smsc.sessions("submit_sm"))).hasSize(2);
    }

    @Test
    void whatTheSmscDoesNotTakeIsTold() throws InterruptedException {
        try (Connection connection = bound(given, 1)) {
            smsc.tell("submits", "status", 0x0B);
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Rejected(SendResult.Reason.NUMBER, "ESME_RINVDSTADR (0x0000000B)"));
            smsc.tell("submits", "status", 0x0A);
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("ESME_RINVSRCADR (0x0000000A)"));
            smsc.tell("submits", "status", 0x0401);
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("0x00000401"));
        }
    }

    @Test
    void anSmscThatDoesNotTakeUsForBoundIsBoundAgain() throws InterruptedException {
        try (Connection connection = bound(given, 1)) {
            smsc.tell("submits", "status", 0x04);
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("ESME_RINVBNDSTS (0x00000004)"));
            smsc.awaitPdus("bind_transceiver", 2);
        }
    }

    /** Half a message may be enough to show the code, or not. */
    @Test
    void aTextWhoseLaterPartIsRefusedIsUnknown() throws InterruptedException {
        try (Connection connection = bound(given, 1)) {
            smsc.tell("submits", "status", List.of(0, 0x45));
            assertThat(connection.send(Given.message("a".repeat(161))))
                    .isEqualTo(new SendResult.Unknown("part 2 of 2: ESME_RSUBMITFAIL (0x00000045)"));
        }
    }

    @Test
    void anAnswerThatComesTooLateIsUnknownAndTheBindStays() throws InterruptedException {
        try (Connection connection = bound(given.timeout(Duration.ofSeconds(1)).with("enquire_link", "1s"), 1)) {
            smsc.tell("submits", "after", 3000);
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Unknown("no answer in time"));
            smsc.awaitPdus("enquire_link", 1);
            smsc.tell("submits", "after", 0);
            await().until(() -> connection.state().isUp());
            assertThat(connection.send(Given.message("Your code is 123456"))).isEqualTo(accepted("2"));
            assertThat(smsc.sessionsClosed()).isZero();
        }
    }

    /** After one answer is overdue nothing more is sent into the silence, and the bind is given up. */
    @Test
    void aStalledSmscIsLeft() throws InterruptedException {
        try (Connection connection = bound(given.timeout(Duration.ofSeconds(1)), 1)) {
            smsc.tell("deaf", "on", true);
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Unknown("no answer in time"));
            assertThat(connection.send(Given.message("Your code is 123456")))
                    .isEqualTo(new SendResult.Fault("0 of 1 binds; the SMSC does not answer"));
            await().atMost(Duration.ofSeconds(20)).until(() -> smsc.sessionsClosed() == 1);
            smsc.tell("deaf", "on", false);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> connection.state().isUp());
            assertThat(connection.send(Given.message("Your code is 123456"))).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    void aSilentSmscIsAskedWhetherItIsThere() {
        try (Connection connection = bound(given.with("enquire_link", "1s"), 1)) {
            smsc.awaitPdus("enquire_link", 2);
            assertThat(connection.state().isUp()).isTrue();
        }
    }

    @Test
    void noMoreAreOnTheirWayThanTheWindowHolds() throws InterruptedException, ExecutionException {
        try (Connection connection = bound(given.with("window", 2).timeout(Duration.ofSeconds(2)), 1)) {
            smsc.tell("submits", "after", -1);
            List<SendResult> results = all(6, () -> connection.send(Given.message("Your code is 123456")));
            assertThat(smsc.pdus("submit_sm")).hasSize(2);
            assertThat(results).filteredOn(SendResult.Unknown.class::isInstance).hasSize(2);
            assertThat(results)
                    .filteredOn(SendResult.Fault.class::isInstance)
                    .hasSize(4)
                    .contains(new SendResult.Fault("the window is full"));
        }
    }

    @Test
    void moreThanTheAgreedRateIsAFault() throws InterruptedException, ExecutionException {
        try (Connection connection = bound(given.messagesPerSecond(1).timeout(Duration.ofMillis(4200)), 1)) {
            List<SendResult> results = all(6, () -> connection.send(Given.message("Your code is 123456")));
            assertThat(results)
                    .filteredOn(SendResult.Accepted.class::isInstance)
                    .hasSize(3);
            assertThat(results)
                    .filteredOn(SendResult.Fault.class::isInstance)
                    .hasSize(3)
                    .containsOnly(new SendResult.Fault("throttled: more than 1 messages per second"));
        }
    }

    @Test
    void theLoadIsSpreadOverTheBinds() throws InterruptedException, ExecutionException {
        try (Connection connection = bound(given.with("binds", 4).with("window", 5), 4)) {
            smsc.tell("submits", "after", 200);
            assertThat(all(20, () -> connection.send(Given.message("Your code is 123456"))))
                    .allMatch(SendResult.Accepted.class::isInstance);
        }
        assertThat(new HashSet<>(smsc.sessions("submit_sm"))).hasSize(4);
    }

    @Test
    void closingWaitsForWhatIsOnItsWay() throws InterruptedException, ExecutionException {
        Future<SendResult> result;
        try (Connection connection = bound(given, 1)) {
            smsc.tell("submits", "after", 1000);
            result = threads.submit(() -> connection.send(Given.message("Your code is 123456")));
            smsc.awaitPdus("submit_sm", 1);
        }
        assertThat(result.get()).isEqualTo(accepted("1"));
        assertThat(smsc.pdus("unbind")).hasSize(1);
    }

    @Test
    void aPduOfAnAbsurdLengthEndsTheBind() {
        try (Connection connection = bound(given, 1)) {
            smsc.tell("raw", "octets", "7fffffff" + "00000005" + "00000000" + "00000001");
            smsc.awaitPdus("bind_transceiver", 2);
            await().until(() -> connection.state().isUp());
        }
    }

    private List<SendResult> all(int count, Callable<SendResult> send) throws InterruptedException, ExecutionException {
        List<Future<SendResult>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(threads.submit(send));
        }
        List<SendResult> results = new ArrayList<>();
        for (Future<SendResult> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private static Connection bound(Given by, int binds) {
        Connection connection = by.open();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> connection.state().detail().startsWith(binds + " of " + binds));
        return connection;
    }

    private static SendResult accepted(String id) {
        return new SendResult.Accepted(Optional.of(id), Optional.empty());
    }
}
