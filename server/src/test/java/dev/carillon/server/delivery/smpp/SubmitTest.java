// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitTest {
    @ParameterizedTest
    @CsvSource({
        "PT5M, 000000000500000R",
        "PT1S, 000000000001000R",
        "PT23H59M59S, 000000235959000R",
        "P2DT3H, 000002030000000R",
        "P400D, 000030000000000R",
    })
    void validityIsRelative(Duration timeToLive, String expected) {
        assertThat(Submit.validity(timeToLive)).isEqualTo(expected).hasSize(16);
    }
}
