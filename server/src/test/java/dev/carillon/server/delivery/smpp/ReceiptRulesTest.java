// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-04T17:10:00Z");
    private static final String TEXT = "id:0017 done date:2603041706 stat:UNDELIV err:027";
    private static final ReceiptRules RULES =
            new ReceiptRules(MessageIdFormat.SAME, Optional.empty(), List.of(0x1503, 0x1504));

    @Test
    void theProvidersIdIsTheNormalOne() {
        assertThat(RULES.read(Pdu.receipt(TEXT), NOW))
                .hasValue(new Receipt(
                        new Receipt.Subject.ProviderId("17"),
                        DeliveryStatus.UNDELIVERABLE,
                        NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("027")));
    }

    @Test
    void theClockOfTheSmscCountsOnlyWhereItsZoneIsKnown() {
        assertThat(in("UTC")).isEqualTo(Instant.parse("2026-03-04T17:06:00Z"));
        assertThat(in("Europe/Paris")).isEqualTo(Instant.parse("2026-03-04T16:06:00Z"));
        assertThat(in("America/Chicago")).as("not in the future").isEqualTo(NOW);
    }

    @Test
    void theServingNetworkIsInVendorsTlvs() {
        assertThat(network(RULES, "234", "30\0")).hasValue(new Network("23430"));
        assertThat(network(RULES, "234", "")).isEmpty();
        assertThat(network(RULES, "abc", "30")).isEmpty();
        ReceiptRules one = new ReceiptRules(MessageIdFormat.SAME, Optional.empty(), List.of(0x1504));
        assertThat(network(one, "999", "310260")).hasValue(new Network("310260"));
        assertThat(RULES.read(Pdu.receipt(TEXT), NOW).orElseThrow().network()).isEmpty();
    }

    @Test
    void anSmsThatLooksLikeAReceiptIsNone() {
        assertThat(RULES.read(InboundMessage.read(Pdu.deliver(0, 0, TEXT.getBytes(StandardCharsets.US_ASCII))), NOW))
                .isEmpty();
    }

    private static Instant in(String zone) {
        return new ReceiptRules(MessageIdFormat.SAME, Optional.of(ZoneId.of(zone)), List.of())
                .read(Pdu.receipt(TEXT), NOW)
                .orElseThrow()
                .at();
    }

    private static Optional<Network> network(ReceiptRules rules, String first, String second) {
        return rules.read(Pdu.receipt(TEXT, Tlv.of(0x1503, first), Tlv.of(0x1504, second)), NOW)
                .orElseThrow()
                .network();
    }
}
