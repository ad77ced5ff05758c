// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** URLs that would lead where a customer has no business, and what is said of each. */
public final class HostileUrls {
    private static final String SCHEME = "must be an https URL";
    private static final String CHARACTERS = "must be of visible ASCII characters";
    private static final String HOST = "must have a host";
    private static final String NAME = "must have a host that is a name or an address";
    private static final String USER = "must not have a user or a password";
    private static final String PORT = "must have the port 443, 80 or one from 1024 to 65535";
    private static final String NO_URL = "must be a URL";
    private static final String KIND = "must not have a host of this kind: ";
    private static final String MAPPED = KIND + "an IPv4 address in IPv6";

    private HostileUrls() {}

    /** URL and the beginning of the reason. */
    public static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of("", "must be 1 to 2048 characters"),
                Arguments.of("example.com", SCHEME),
                Arguments.of("/hook", SCHEME),
                Arguments.of("//example.com/", SCHEME),
                Arguments.of("http://example.com/", SCHEME),
                Arguments.of("ftp://example.com/", SCHEME),
                Arguments.of("file:///etc/passwd", SCHEME),
                Arguments.of("gopher://example.com:70/_x", SCHEME),
                Arguments.of("javascript:alert(1)", SCHEME),
                Arguments.of("jar:https://example.com!/", SCHEME),
                Arguments.of("https:", NO_URL),
                Arguments.of("https://", NO_URL),
                Arguments.of("https:///x", HOST),
                Arguments.of("https:example.com", HOST),
                Arguments.of("https://user@example.com/", USER),
                Arguments.of("https://user:pw@example.com/", USER),
                Arguments.of("https://example.com@127.0.0.1/", USER),
                Arguments.of("https://example.com:443@127.0.0.1/", USER),
                Arguments.of("https://@example.com/", USER),
                Arguments.of("https://example.com%2f@127.0.0.1/", USER),
                Arguments.of("https://example.com\\@127.0.0.1/", NO_URL),
                Arguments.of("https://exa mple.com/", CHARACTERS),
                Arguments.of("https://example.com/\r\nX: y", CHARACTERS),
                Arguments.of("https://example.com/\u0000", CHARACTERS),
                Arguments.of("https://example.com/\t", CHARACTERS),
                Arguments.of("https://exämple.com/", CHARACTERS),
                Arguments.of("https://ⓔxample.com/", CHARACTERS),
                Arguments.of("https://１２７.0.0.1/", CHARACTERS),
                Arguments.of("https://example.com。evil.example/", CHARACTERS),
                Arguments.of("https://example.com/#fragment", "must not have a fragment"),
                Arguments.of("https://example.com/%zz", NO_URL),
                Arguments.of("https://example.com:99999/", PORT),
                Arguments.of("https://example.com:0/", PORT),
                Arguments.of("https://example.com:/", PORT),
                Arguments.of("https://example.com:22/", PORT),
                Arguments.of("https://example.com:25/", PORT),
                Arguments.of("https://example.com:-1/", HOST),
                Arguments.of("https://127.0.0.1/", KIND + "loopback"),
                Arguments.of("https://127.255.255.254:8443/", KIND + "loopback"),
                Arguments.of("https://0.0.0.0/", KIND + "this host"),
                Arguments.of("https://10.0.0.1:8443/", KIND + "private"),
                Arguments.of("https://172.31.255.255/", KIND + "private"),
                Arguments.of("https://192.168.1.1/", KIND + "private"),
                Arguments.of("https://100.64.0.1/", KIND + "carrier-grade NAT"),
                Arguments.of("https://169.254.169.254/latest/meta-data/", KIND + "link-local"),
                Arguments.of("https://224.0.0.1/", KIND + "multicast"),
                Arguments.of("https://255.255.255.255/", KIND + "reserved"),
                Arguments.of("https://192.88.99.1/", KIND + "6to4 relay"),
                Arguments.of("https://[::1]/", KIND + "loopback"),
                Arguments.of("https://[::]/", KIND + "unspecified"),
                Arguments.of("https://[::ffff:127.0.0.1]/", MAPPED),
                Arguments.of("https://[::ffff:7f00:1]/", MAPPED),
                Arguments.of("https://[::ffff:8.8.8.8]/", MAPPED),
                Arguments.of("https://[::127.0.0.1]/", MAPPED),
                Arguments.of("https://[2002:7f00:1::]/", KIND + "6to4"),
                Arguments.of("https://[64:ff9b::7f00:1]/", KIND + "NAT64"),
                Arguments.of("https://[fd00::1]/", KIND + "private"),
                Arguments.of("https://[fe80::1]/", KIND + "link-local"),
                Arguments.of("https://[fec0::1]/", KIND + "site-local"),
                Arguments.of("https://[ff02::1]/", KIND + "multicast"),
                Arguments.of("https://[fe80::1%25eth0]/", "must "),
                Arguments.of("https://[::ffff:8.8.8.8]x/", "must "),
                Arguments.of("https://localhost/", KIND + "loopback"),
                Arguments.of("https://LOCALHOST./", KIND + "loopback"),
                Arguments.of("https://x.localhost/", KIND + "loopback"),
                Arguments.of("https://127.1/", HOST),
                Arguments.of("https://2130706433/", HOST),
                Arguments.of("https://0x7f000001/", HOST),
                Arguments.of("https://0x7f.0.0.1/", HOST),
                Arguments.of("https://0177.0.0.1/", HOST),
                Arguments.of("https://127.0.0.1./", HOST),
                Arguments.of("https://a.0x7f/", HOST),
                Arguments.of("https://a_b.example.com/", HOST),
                Arguments.of("https://-.example/", HOST),
                Arguments.of("https://a..example/", HOST),
                Arguments.of("https://%31%32%37.0.0.1/", HOST),
                Arguments.of("https://" + "a".repeat(64) + ".example/", NAME));
    }
}
