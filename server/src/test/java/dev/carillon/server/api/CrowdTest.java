// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrowdTest {
    /** Long requests that never end, from many connections: together they may hold only so much. */
    @Test
    void longRequestsTogetherAreBounded() {
        Crowd crowd = new Crowd(10, 1_000_000);
        assertThat(crowd.hold(900_000)).isTrue();
        assertThat(crowd.hold(200_000)).isFalse();
        assertThat(crowd.hold(-900_000)).isTrue();
    }
}
