// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverUrlTest {
    private final ReceiverUrl strict = new ReceiverUrl(new AddressRules(List.of()), false);
    private final ReceiverUrl lenient = new ReceiverUrl(new AddressRules(Cidr.parseList("127.0.0.0/8, ::1/128")), true);

    @ParameterizedTest
    @MethodSource("dev.carillon.server.webhook.HostileUrls#all")
    void hostileUrlsAreRefused(String url, String reason) {
        assertThat(strict.objection(url))
                .hasValueSatisfying(said -> assertThat(said).startsWith(reason));
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
