// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "11.0.0.1, false",
        "192.0.2.7, true",
        "192.0.2.8, false",
        "2001:db8:ff::1, true",
        "2001:db9::1, false",
        "::1, true",
        "::2, false",
    })
    void holdAddresses(String address, boolean inside) {
        Networks networks = Networks.parse("10.0.0.0/8, 192.0.2.7,2001:db8::/32,::1");
        assertThat(networks.contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
        assertThat(Networks.NONE.contains(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "::/129",
                "10.0.0.0/8,",
                "proxy.example.com"
            })
    void areNothingElse(String text) {
        assertThatThrownBy(() -> Networks.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a list of addresses and networks");
    }
}
