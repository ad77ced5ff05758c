// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.config.Cidr;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private final AddressRules rules = new AddressRules(List.of());

    /** The first and the last address of each range. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this host",
        "0.255.255.255, this host",
        "10.0.0.0, private",
        "10.255.255.255, private",
        "100.64.0.0, carrier-grade NAT",
        "100.127.255.255, carrier-grade NAT",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "169.254.0.0, link-local",
        "169.254.169.254, link-local",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "192.0.0.0, protocol assignments",
        "192.0.2.1, documentation",
        "192.88.99.1, 6to4 relay",
        "192.168.0.0, private",
        "192.168.255.255, private",
        "198.18.0.0, benchmarking",
        "198.19.255.255, benchmarking",
        "198.51.100.7, documentation",
        "203.0.113.7, documentation",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "240.0.0.0, reserved",
        "255.255.255.255, reserved",
        "::, unspecified",
        "::1, loopback",
        "64:ff9b::7f00:1, NAT64",
        "64:ff9b:1::1, NAT64",
        "100::1, discard-only",
        "2001::1, protocol assignments",
        "2001:1ff:ffff::1, protocol assignments",
        "2001:db8::1, documentation",
        "2002:7f00:1::, 6to4",
        "3fff::1, documentation",
        "5f00::1, segment routing",
        "fc00::1, private",
        "fdff::1, private",
        "fe80::1, link-local",
        "fec0::1, site-local",
        "ff02::1, multicast",
        "4000::1, reserved",
        "1fff::1, reserved",
        "e000::1, reserved"
    })
    void whatIsNotPublicIsRefused(String address, String reason) {
        assertThat(rules.refusal(InetAddress.ofLiteral(address))).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000ffff7f000001",
                "00000000000000000000ffff08080808",
                "0000000000000000000000007f000001",
                "00000000000000000000000008080808"
            })
    void anIpv4AddressInIpv6IsRefused(String octets) {
        assertThat(rules.refusal(HexFormat.of().parseHex(octets))).contains("an IPv4 address in IPv6");
    }

    /** The neighbours of the ranges. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1111",
                "3ffe::1"
            })
    void whatIsPublicIsNot(String address) {
        assertThat(rules.refusal(InetAddress.ofLiteral(address))).isEmpty();
    }

    @Test
    void aNetworkThatTheOperatorAllowsIsFine() {
        AddressRules some = new AddressRules(Cidr.parseList("10.1.0.0/16, fd00:1::/32, 127.0.0.1"));
        assertThat(some.refusal(InetAddress.ofLiteral("10.1.255.255"))).isEmpty();
        assertThat(some.refusal(InetAddress.ofLiteral("fd00:1::7"))).isEmpty();
        assertThat(some.refusal(InetAddress.ofLiteral("127.0.0.1"))).isEmpty();
        assertThat(some.refusal(InetAddress.ofLiteral("10.2.0.0"))).contains("private");
        assertThat(some.refusal(InetAddress.ofLiteral("fd00:2::7"))).contains("private");
        assertThat(some.refusal(InetAddress.ofLiteral("127.0.0.2"))).contains("loopback");
    }
}
