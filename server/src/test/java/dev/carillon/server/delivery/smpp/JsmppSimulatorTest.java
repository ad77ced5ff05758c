// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsmpp.examples.SMPPServerSimulator;
import org.jsmpp.session.SMPPSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Against jsmpp's simulator: it writes the id in hexadecimal in its answer and in decimal in the receipt, and sends an SMS that nobody
 * asked for as soon as it is bound.
 */
@Timeout(60)
class JsmppSimulatorTest {
    private int port;
    private Process simulator;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        simulator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djsmpp.simulator.port=" + port,
                        "-cp",
                        Stream.of(SMPPServerSimulator.class, SMPPSession.class, LoggerFactory.class)
                                .map(JsmppSimulatorTest::jar)
                                .collect(Collectors.joining(File.pathSeparator)),
                        SMPPServerSimulator.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void stop() {
        simulator.destroyForcibly();
    }

    @Test
    void anIdInTwoBasesIsOneId() throws InterruptedException {
        Given given = given().with("message_id_format", "resp-hex-receipt-dec");
        try (Connection connection = bound(given)) {
            SendResult result = connection.send(Given.message("Your code is 123456"));
            assertThat(result)
                    .isInstanceOfSatisfying(SendResult.Accepted.class, accepted -> assertThat(accepted.providerId())
                            .get()
                            .asString()
                            .matches("[0-9]+"));
            Receipt receipt = given.nextReceipt();
            assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
            assertThat(receipt.subject())
                    .isEqualTo(new Receipt.Subject.ProviderId(
                            ((SendResult.Accepted) result).providerId().orElseThrow()));
            assertThat(given.received).as("the SMS that nobody asked for").isEmpty();
        }
    }

    @Test
    void refusesAWrongPassword() {
        try (Connection connection = given().with("password", "wrong").open()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> connection.state().detail().contains("ESME_RINVPASWD"));
        }
    }

    private Given given() {
        return Given.smsc("127.0.0.1", port).with("system_id", "j").with("password", "jpwd");
    }

    private static Connection bound(Given given) {
        Connection connection = given.open();
        await().atMost(Duration.ofSeconds(30)).until(() -> connection.state().isUp());
        return connection;
    }

    private static String jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
