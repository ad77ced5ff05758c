// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverUrlTest {
    private final ReceiverUrl strict = new ReceiverUrl(new AddressRules(List.of()), false);
    private final ReceiverUrl lenient = new ReceiverUrl(new AddressRules(Cidr.parseList("127.0.0.0/8, ::1/128")), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/hook",
                "//example.com/",
                "http://example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "gopher://example.com:70/_x",
                "javascript:alert(1)",
                "jar:https://example.com!/",
                "https:",
                "https://",
                "https:///x",
                "https:example.com",
                "https://user@example.com/",
                "https://user:pw@example.com/",
                "https://example.com@127.0.0.1/",
                "https://@example.com/",
                "https://exa mple.com/",
                "https://example.com/\r\nX: y",
                "https://example.com/\u0000",
                "https://example.com/#fragment",
                "https://example.com:99999/",
                "https://example.com:0/",
                "https://example.com:-1/",
                "https://example.com:/",
                "https://example.com:22/",
                "https://example.com:25/",
                "https://example.com/%zz",
                "https://exämple.com/",
                "https://ⓔxample.com/",
                "https://１２７.0.0.1/",
                "https://example.com。evil.example/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0177.0.0.1/",
                "https://127.0.0.1./",
                "https://10.0.0.1:8443/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:8.8.8.8]/",
                "https://[::ffff:8.8.8.8]x/",
                "https://a_b.example.com/",
                "https://[fe80::1%25eth0]/",
                "https://[2002:7f00:1::]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[fd00::1]/",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://x.localhost/",
                "https://-.example/",
                "https://a..example/",
                "https://example.com\\@127.0.0.1/",
                "https://example.com%2f@127.0.0.1/",
                "https://%31%32%37.0.0.1/"
            })
    void hostileUrlsAreRefused(String url) {
        assertThat(strict.objection(url)).as(url).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("must "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://example.com/hook?a=b",
                "HTTPS://EXAMPLE.com:8443/x",
                "https://example.com./",
                "https://example.com:80/",
                "https://xn--exmple-cua.com/",
                "https://8.8.8.8/",
                "https://[2606:4700::1111]:8443/x",
                "https://127.example.com/"
            })
    void publicOnesAreTaken(String url) {
        assertThat(strict.objection(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:9000/hook", "http://localhost:9000/", "https://[::1]/", "http://example.com/"})
    void whatTheOperatorAllowsIsTaken(String url) {
        assertThat(lenient.objection(url)).isEmpty();
    }

    @Test
    void urlsHaveALength() {
        String url = "https://example.com/" + "x".repeat(ReceiverUrl.MAX_LENGTH);
        assertThat(strict.objection(url.substring(0, ReceiverUrl.MAX_LENGTH))).isEmpty();
        assertThat(strict.objection(url.substring(0, ReceiverUrl.MAX_LENGTH + 1)))
                .isPresent();
    }
}
