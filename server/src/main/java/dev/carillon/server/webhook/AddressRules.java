// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.server.config.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses a customer may have called: public ones only, so that nobody reaches by this server what only this server can
 * reach (SSRF). The ranges are those of the IANA special-purpose address registries (RFC 6890) that are not globally reachable, and
 * those by which an IPv4 address hides in an IPv6 one.
 *
 * @param allowed private ranges that the operator lets customers name all the same
 */
public record AddressRules(List<Cidr> allowed) {
    private record Refused(Cidr range, String reason) {
        static Refused of(String range, String reason) {
            return new Refused(Cidr.parse(range), reason);
        }
    }

    private static final List<Refused> REFUSED = List.of(
            Refused.of("0.0.0.0/8", "this host"),
            Refused.of("10.0.0.0/8", "private"),
            Refused.of("100.64.0.0/10", "carrier-grade NAT"),
            Refused.of("127.0.0.0/8", "loopback"),
            Refused.of("169.254.0.0/16", "link-local"),
            Refused.of("172.16.0.0/12", "private"),
            Refused.of("192.0.0.0/24", "protocol assignments"),
            Refused.of("192.0.2.0/24", "documentation"),
            Refused.of("192.88.99.0/24", "6to4 relay"),
            Refused.of("192.168.0.0/16", "private"),
            Refused.of("198.18.0.0/15", "benchmarking"),
            Refused.of("198.51.100.0/24", "documentation"),
            Refused.of("203.0.113.0/24", "documentation"),
            Refused.of("224.0.0.0/4", "multicast"),
            Refused.of("240.0.0.0/4", "reserved"),
            Refused.of("::/128", "unspecified"),
            Refused.of("::1/128", "loopback"),
            Refused.of("64:ff9b::/96", "NAT64"),
            Refused.of("64:ff9b:1::/48", "NAT64"),
            Refused.of("100::/64", "discard-only"),
            Refused.of("2001::/23", "protocol assignments"),
            Refused.of("2001:db8::/32", "documentation"),
            Refused.of("2002::/16", "6to4"),
            Refused.of("3fff::/20", "documentation"),
            Refused.of("5f00::/16", "segment routing"),
            Refused.of("fc00::/7", "private"),
            Refused.of("fe80::/10", "link-local"),
            Refused.of("fec0::/10", "site-local"),
            Refused.of("ff00::/8", "multicast"));

    /** All that is handed out of IPv6 so far. */
    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

    private static final int MAPPED_PREFIX = 12;

    public AddressRules {
        allowed = List.copyOf(allowed);
    }

    /** Why an address may not be called; empty when it may. */
    public Optional<String> refusal(InetAddress address) {
        return refusal(address.getAddress());
    }

    /**
     * The same for 4 or 16 octets. An IPv4 address that is written as an IPv6 one ({@code ::ffff:a.b.c.d}, {@code ::a.b.c.d}) is refused as
     * such: no name server has reason to answer with it.
     */
    Optional<String> refusal(byte[] address) {
        if (allowed.stream().anyMatch(range -> range.contains(address))) {
            return Optional.empty();
        }
        if (isEmbedded(address)) {
            return Optional.of("an IPv4 address in IPv6");
        }
        Optional<String> special = REFUSED.stream()
                .filter(refused -> refused.range().contains(address))
                .map(Refused::reason)
                .findFirst();
        return special.or(
                () -> Optional.of("reserved").filter(_ -> address.length == 16 && !GLOBAL_UNICAST.contains(address)));
    }

    /** Ten octets of zero and two of 0 or 0xff, and not the unspecified or the loopback address. */
    private static boolean isEmbedded(byte[] address) {
        if (address.length != 16) {
            return false;
        }
        for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        boolean mapped = address[10] == -1 && address[11] == -1;
        boolean compatible = address[10] == 0 && address[11] == 0 && (address[12] != 0 || address[13] != 0);
        return mapped || compatible;
    }
}
