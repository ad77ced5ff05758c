// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static dev.carillon.server.verify.VerifyTestBench.ACCOUNT;
import static dev.carillon.server.verify.VerifyTestBench.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.News;
import dev.carillon.core.verification.ReportDelivery;
import dev.carillon.core.verification.Sighting;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.ledger.NumberReader;
import dev.carillon.server.ledger.VerificationReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeenNetworksTest {
    private static final PhoneNumber PHONE = new PhoneNumber(NUMBER, "US", LineType.MOBILE);
    private static final Network ATT = new Network("310410");

    @TempDir
    private Path folder;

    private VerifyTestBench bench;
    private SeenNetworks seen;

    @BeforeEach
    void open() {
        bench = new VerifyTestBench(folder);
        seen = new SeenNetworks(
                new NumberReader(bench.store), new VerificationReader(bench.store), bench.keyring, bench.clock);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void receipt(UUID id) {
        Verification verification = bench.verification(id);
        String sender = verification.hop(verification.attempts().getFirst()).connection();
        News news = new News(
                DeliveryStatus.DELIVERED, bench.clock.instant(), Optional.empty(), Optional.of(ATT), Optional.empty());
        var _ = bench.ledger.execute(new ReportDelivery(id, 1, sender, news));
    }

    private Optional<Network> network(UUID account) {
        return seen.of(account, PHONE).map(Sighting::network);
    }

    @Test
    void nothingIsKnownOfANumberThatNobodyWroteTo() {
        assertThat(network(ACCOUNT)).isEmpty();
    }

    @Test
    void whatAReceiptNamedIsKnownToItsAccountAlone() {
        UUID id = bench.create();
        assertThat(network(ACCOUNT)).isEmpty();
        receipt(id);

        assertThat(network(ACCOUNT)).contains(ATT);
        assertThat(network(new UUID(0x4000L, 9))).isEmpty();
    }

    @Test
    void aWindowWithoutReceiptsLeavesIt() {
        receipt(bench.create());
        bench.clock.advance(Duration.ofMinutes(11));
        UUID _ = bench.create();

        assertThat(network(ACCOUNT)).contains(ATT);
    }

    @Test
    void eraseForgetsIt() {
        receipt(bench.create());
        bench.clock.advance(Duration.ofMinutes(11));
        UUID _ = bench.create();
        assertThat(new NumberEraser(bench.ledger, bench.keyring).erase(ACCOUNT, NUMBER))
                .isEqualTo(2);

        assertThat(network(ACCOUNT)).isEmpty();
    }
}
