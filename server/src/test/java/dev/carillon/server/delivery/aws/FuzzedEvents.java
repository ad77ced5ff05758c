// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.JsonTree;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events of AWS, read: what stands behind the signature of SNS. */
public final class FuzzedEvents {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private FuzzedEvents() {}

    /** A receipt is one of a message, and costs no less than nothing. */
    public static void check(byte[] event) {
        Webhook call = new Webhook("POST", "https://x/", Map.of(), Map.of(), event, Optional.empty());
        List<Receipt> receipts = AwsReceipts.of(call, JsonTree.read(new String(event, UTF_8)), NOW)
                .orElse(List.of());
        assertThat(receipts.size()).isLessThan(2);
        for (Receipt receipt : receipts) {
            receipt.price().ifPresent(price -> assertThat(price.micros()).isNotNegative());
            assertThat(receipt.at()).isAfterOrEqualTo(Instant.EPOCH);
        }
    }
}
