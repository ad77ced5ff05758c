// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TelnyxLookupTest extends LookupProviderContract {
    @Override
    LookupKind kind() {
        return TelnyxLookup.KIND;
    }

    @Override
    Map<String, Object> options() {
        return Map.of("api_key", SECRET);
    }

    @Override
    String knowing() {
        return """
                {"data":{"record_type":"number_lookup","country_code":"FR","national_format":"06 12 34 56 78","phone_number":"+33612345678",
                 "carrier":{"name":"Orange","normalized_carrier":null,"type":"mobile","mobile_country_code":"208",
                 "mobile_network_code":"01","error_code":null},
                 "portability":{"lrn":"","ported_status":"Y","ported_date":"","ocn":"","line_type":""},"caller_name":null}}
                """;
    }

    @Override
    Finding known() {
        return new Finding(
                Optional.of(LineType.MOBILE),
                Optional.of(new Network("20801")),
                Optional.of("Orange"),
                Optional.of(true),
                Optional.empty());
    }

    @Override
    Map<String, Answer> ignorant() {
        return Map.of(
                "unknown", ProviderFixture.json(404, "{}"),
                "an account that is not enabled", ProviderFixture.json(200, """
                        {"data":{"carrier":{"name":"","type":"fixed line or mobile","mobile_country_code":"FR","mobile_network_code":"6"},
                         "portability":{"ported_status":""}}}"""));
    }

    @Override
    List<String> unusable() {
        return List.of("", "[]", "null", "<html>");
    }

    @Override
    void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/v2/number_lookup/%2B33612345678");
        assertThat(request.query()).isEqualTo("type=carrier");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + SECRET);
    }

    @Test
    void theCallersNameIsAskedForOnlyWhenItIsWanted() throws LookupFailedException, InterruptedException {
        Finding finding = ask(ProviderFixture.json(200, """
                        {"data":{"carrier":{"type":"voip"},"caller_name":{"caller_name":"ACME INC","error_code":""}}}"""), Topic.NETWORK, Topic.CALLER_NAME);

        assertThat(finding.callerName()).contains("ACME INC");
        assertThat(finding.lineType()).contains(LineType.VOIP);
        assertThat(request().query()).isEqualTo("type=caller-name&type=carrier");
    }
}
