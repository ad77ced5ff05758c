// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.Network;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptDetailsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T09:05:01Z",
                "2026-11-22T09:05:01+00:00",
                "2026-11-22T10:05:01.000+0100",
                "2026-11-22T10:05:01+01"
            })
    void timesHaveAnOffset(String text) {
        assertThat(ReceiptDetails.time(text)).contains(Instant.parse("2026-11-22T09:05:01Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-11-22T09:05:01", "2026-11-22", "1790000000", "2026-13-22T09:05:01Z", "now"})
    void whatIsNoTimeIsAbsent(String text) {
        assertThat(ReceiptDetails.time(text)).isEmpty();
    }

    @Test
    void networksAreCountryAndNetwork() {
        assertThat(ReceiptDetails.network(Optional.of("310"), Optional.of("004")))
                .contains(new Network("310004"));
        assertThat(ReceiptDetails.network(Optional.of("262"), Optional.of("02")))
                .contains(new Network("26202"));
        assertThat(ReceiptDetails.network(Optional.of("26"), Optional.of("202")))
                .isEmpty();
        assertThat(ReceiptDetails.network(Optional.of("262"), Optional.of("x"))).isEmpty();
        assertThat(ReceiptDetails.network(Optional.empty(), Optional.of("02"))).isEmpty();
    }
}
