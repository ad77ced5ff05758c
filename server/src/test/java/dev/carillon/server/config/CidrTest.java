// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
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
    void holdsAddresses(String address, boolean inside) {
        List<Cidr> ranges = Cidr.parseList("10.0.0.0/8, 192.0.2.7,2001:db8::/32,::1");
        assertThat(ranges)
                .extracting(range -> range.contains(InetAddress.ofLiteral(address)))
                .areExactly(inside ? 1 : 0, new Condition<>(found -> found, "inside"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0.0/-1",
                "::/129",
                "10.0.0.0/8,",
                "10/8/8",
                "proxy.example.com",
                "example.com/8"
            })
    void anotherFormIsNoRange(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parseList(text));
    }

    @Test
    void aRangePrintsAsItIsRead() {
        assertThat(Cidr.parse("10.0.0.0/8")).hasToString("10.0.0.0/8").isEqualTo(Cidr.parse("10.0.0.0/8"));
        assertThat(Cidr.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("1.2.3.4")))
                .isTrue();
    }
}
