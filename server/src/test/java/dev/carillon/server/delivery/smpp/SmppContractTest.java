// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.awaitility.Awaitility.await;

import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContract;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The contract of all connections, kept against npm's smpp. */
@Timeout(60)
class SmppContractTest extends ConnectionContract {
    private NpmSmsc smsc;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        smsc = NpmSmsc.start();
    }

    @AfterEach
    void stop() throws IOException {
        smsc.close();
    }

    @Override
    protected ConnectionKind kind() {
        return new SmppKind();
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "host", "127.0.0.1",
                "port", smsc.port(),
                "system_id", "carillon",
                "password", "pa55word",
                "enquire_link", "1s");
    }

    @Override
    protected List<String> mandatory() {
        return List.of("host", "system_id", "password");
    }

    @Override
    protected List<String> secrets() {
        return List.of("pa55word");
    }

    /** As it does when nothing else is said. */
    @Override
    protected void providerAccepts() {}

    @Override
    protected void providerIsSilent() {
        smsc.tell("deaf", "on", true);
    }

    @Override
    protected void providerGoes(Connection connection) {
        try {
            smsc.kill();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> !connection.state().isUp());
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.of("1"), Optional.empty());
    }

    @Override
    protected Duration impatience() {
        return Duration.ofSeconds(1);
    }

    @Override
    protected void awaitReady(Connection connection) {
        await().atMost(Duration.ofSeconds(20)).until(() -> connection.state().isUp());
    }
}
