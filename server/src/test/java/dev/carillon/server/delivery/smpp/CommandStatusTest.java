// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.delivery.SendResult;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandStatusTest {
    @Test
    void aWrongDestinationIsTheNumbersFault() {
        assertThat(CommandStatus.refused(0x0B))
                .isEqualTo(new SendResult.Rejected(SendResult.Reason.NUMBER, "ESME_RINVDSTADR (0x0000000B)"));
    }

    @Test
    void anythingElseIsNot() {
        IntStream.rangeClosed(0x01, 0x500)
                .filter(status -> status != 0x0B)
                .forEach(status -> assertThat(CommandStatus.refused(status)).isInstanceOf(SendResult.Fault.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x58, 0x14})
    void twoAskToSlowDown(int status) {
        assertThat(CommandStatus.asksToSlowDown(status)).isTrue();
        assertThat(CommandStatus.asksToSlowDown(0x08)).isFalse();
    }

    @Test
    void vendorsStatusesHaveNoName() {
        assertThat(CommandStatus.describe(0x0400)).isEqualTo("0x00000400");
        assertThat(CommandStatus.describe(0x58)).isEqualTo("ESME_RTHROTTLED (0x00000058)");
        assertThat(CommandStatus.describe(-1)).isEqualTo("0xFFFFFFFF");
    }
}
