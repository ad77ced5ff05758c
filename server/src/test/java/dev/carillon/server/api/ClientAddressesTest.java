// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.config.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {
    private final ClientAddresses addresses = new ClientAddresses(Cidr.parseList("10.0.0.0/8, 2001:db8:1::/48"));

    private String of(String peer, String... forwarded) {
        return addresses
                .of(InetAddress.ofLiteral(peer), Arrays.asList(forwarded))
                .getHostAddress();
    }

    /** The headers of one request stand with a bar between. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Straight from the client, whatever it claims.
                "203.0.113.9; ; 203.0.113.9",
                "203.0.113.9; 198.51.100.1; 203.0.113.9",
                "203.0.113.9; 10.0.0.1; 203.0.113.9",
                // By proxies: what the first of them saw.
                "10.0.0.1; 198.51.100.1; 198.51.100.1",
                "10.0.0.1; 198.51.100.1, 10.0.0.2; 198.51.100.1",
                "10.0.0.1; 198.51.100.1,10.0.0.3 , 10.0.0.2; 198.51.100.1",
                "2001:db8:1::1; 2001:db8:2::1; 2001:db8:2:0:0:0:0:1",
                // What the client itself wrote stands before what the proxies saw.
                "10.0.0.1; 192.0.2.7, 198.51.100.1; 198.51.100.1",
                "10.0.0.1; 10.0.0.9, 198.51.100.1; 198.51.100.1",
                "10.0.0.1; 192.0.2.7 | 198.51.100.1; 198.51.100.1",
                "10.0.0.1; 192.0.2.7, 198.51.100.1 | 10.0.0.2; 198.51.100.1",
                // One address in two forms is one address.
                "10.0.0.1; ::ffff:198.51.100.1; 198.51.100.1",
                "::ffff:10.0.0.1; 198.51.100.1; 198.51.100.1",
                // What is no address ends the search at the last one that a proxy vouched for.
                "10.0.0.1; unknown; 10.0.0.1",
                "10.0.0.1; 192.0.2.7, _hidden, 10.0.0.2; 10.0.0.2",
                "10.0.0.1; localhost; 10.0.0.1",
                "10.0.0.1; 1; 10.0.0.1",
                "10.0.0.1; 198.51.100.1:443; 10.0.0.1",
                "10.0.0.1; 198.51.100.1,; 10.0.0.1",
                "10.0.0.1; 198.51.100.01; 10.0.0.1",
            })
    void areThoseThatTrustedProxiesTell(String peer, String headers, String client) {
        String[] forwarded = headers == null ? new String[0] : headers.split(" \\| ", -1);
        assertThat(of(peer, forwarded)).isEqualTo(client);
    }

    @Test
    void withoutTrustedProxiesNothingIsBelieved() {
        ClientAddresses none = new ClientAddresses(List.of());
        InetAddress peer = InetAddress.ofLiteral("127.0.0.1");
        assertThat(none.of(peer, List.of("198.51.100.1"))).isEqualTo(peer);
    }
}
