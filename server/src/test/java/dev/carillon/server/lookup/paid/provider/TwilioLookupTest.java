// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TwilioLookupTest extends LookupProviderContract {
    @Override
    LookupKind kind() {
        return TwilioLookup.KIND;
    }

    @Override
    Map<String, Object> options() {
        return Map.of("account_sid", "AC1", "auth_token", SECRET);
    }

    @Override
    String knowing() {
        return """
                {"phone_number":"+33612345678","country_code":"FR","calling_country_code":"33","valid":true,"validation_errors":[],
                 "line_type_intelligence":{"mobile_country_code":"208","mobile_network_code":"01","carrier_name":"Orange",
                 "type":"mobile","error_code":null},"caller_name":null,"sms_pumping_risk":null}
                """;
    }

    @Override
    Finding known() {
        return new Finding(
                Optional.of(LineType.MOBILE),
                Optional.of(new Network("20801")),
                Optional.of("Orange"),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    Map<String, Answer> ignorant() {
        return Map.of(
                "unknown", ProviderFixture.json(404, "{\"code\":20404}"),
                "not valid", ProviderFixture.json(200, "{\"valid\":false,\"line_type_intelligence\":null}"),
                "package failed", ProviderFixture.json(200, """
                        {"valid":true,"line_type_intelligence":{"mobile_country_code":null,"mobile_network_code":null,
                         "carrier_name":null,"type":null,"error_code":60601}}"""));
    }

    @Override
    List<String> unusable() {
        return List.of("", "[]", "null", "<html>");
    }

    @Override
    void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/v2/PhoneNumbers/%2B33612345678");
        assertThat(request.query()).isEqualTo("Fields=line_type_intelligence");
        assertThat(request.header("Authorization")).isEqualTo(Signatures.basic("AC1", new Secret(SECRET)));
    }

    @Test
    void theCallersNameIsAskedForOnlyWhenItIsWanted() throws LookupFailedException, InterruptedException {
        Finding finding = ask(ProviderFixture.json(200, """
                        {"caller_name":{"caller_name":"ACME INC","caller_type":"BUSINESS","error_code":null}}"""), Topic.CALLER_NAME);

        assertThat(finding.callerName()).contains("ACME INC");
        assertThat(finding.has(Topic.NETWORK)).isFalse();
        assertThat(request().query()).isEqualTo("Fields=caller_name");
        assertThat(finding.toString()).doesNotContain("ACME");
    }
}
