// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpLookupTest extends LookupProviderContract {
    @Override
    LookupKind kind() {
        return HttpLookup.KIND;
    }

    @Override
    Map<String, Object> options() {
        return Map.of();
    }

    @Override
    String knowing() {
        return """
                {"ok":1,"result":{"mccmnc":"20801","operator":"Orange","moved":"yes","kind":"cell","cnam":"ACME"}}
                """;
    }

    @Override
    Finding known() {
        return new Finding(
                Optional.of(LineType.MOBILE),
                Optional.of(new Network("20801")),
                Optional.of("Orange"),
                Optional.of(true),
                Optional.of("ACME"));
    }

    @Override
    Map<String, Answer> ignorant() {
        return Map.of(
                "unknown", ProviderFixture.json(404, "{}"),
                "nothing found", ProviderFixture.json(200, "{\"ok\":1,\"result\":{}}"));
    }

    @Override
    List<String> unusable() {
        return List.of("", "[]", "null", "<html>", "{}");
    }

    @Override
    void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/mnp/33612345678");
        assertThat(request.header("X-Key")).isEqualTo(SECRET);
        assertThat(request.header("Content-Type")).startsWith("application/json");
        assertThat(request.body()).isEqualTo("{\"n\":\"+33612345678\"}");
    }

    @Override
    Map<String, Object> options(String url) {
        return new HashMap<>(Map.of(
                "request",
                Map.of(
                        "url",
                        url + "/mnp/{{digits}}",
                        "headers",
                        Map.of("X-Key", "{{secret.key}}"),
                        "secrets",
                        Map.of("key", SECRET),
                        "body",
                        "{\"n\":\"{{to}}\"}"),
                "answer",
                Map.of(
                        "proof", Map.of("json", "/ok"),
                        "network", Map.of("json", "/result/mccmnc"),
                        "carrier", Map.of("json", "/result/operator"),
                        "ported", Map.of("json", "/result/moved"),
                        "ported_words", "yes",
                        "not_ported_words", "no",
                        "line_type", Map.of("json", "/result/kind"),
                        "line_types", Map.of("cell", "mobile"),
                        "caller_name", Map.of("json", "/result/cnam"))));
    }

    @Test
    void aWordThatIsNotSetMeansNothing() throws LookupFailedException, InterruptedException {
        assertThat(ask(ProviderFixture.json(200, """
                                {"ok":1,"result":{"moved":"maybe","kind":"odd"}}"""), Topic.NETWORK)).isEqualTo(Finding.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://{{to}}.example.com/   | must be an http or https URL with a host
            http://example.com/lookup    | must name the number
            http://example.com/{{number}} | has a variable {{number}}
            ftp://example.com/{{to}}     | must be an http or https URL with a host
            """)
    void aRequestThatCannotBeMadeIsRefused(String url, String message) {
        assertThatThrownBy(() -> HttpQuestion.read(new Options(Map.of("url", url), _ -> Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
