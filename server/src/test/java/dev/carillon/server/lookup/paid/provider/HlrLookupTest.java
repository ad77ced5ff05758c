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
import dev.carillon.server.lookup.paid.LookupKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class HlrLookupTest extends LookupProviderContract {
    @Override
    LookupKind kind() {
        return HlrLookup.KIND;
    }

    @Override
    Map<String, Object> options() {
        return Map.of("api_key", "key", "api_secret", SECRET);
    }

    @Override
    String knowing() {
        return """
                {"id":"e428acb1c0ae","msisdn":"+33612345678","query_status":"OK","mccmnc":"20801","mcc":"208","mnc":"01","is_ported":true,
                 "original_network_name":"SFR","original_country_code":"FR","ported_network_name":"Orange","ported_country_code":"FR",
                 "extra":null,"cost":"0.0050","route":"PTX","error_code":null}
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
                "nothing found", ProviderFixture.json(200, """
                        {"query_status":"OK","mccmnc":null,"is_ported":null,"original_network_name":null,"ported_network_name":null}"""));
    }

    @Override
    List<String> unusable() {
        return List.of("", "[]", "null", "<html>", "{}", "{\"query_status\":\"FAILED\"}");
    }

    @Override
    void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/mnp-lookup");
        assertThat(request.body()).isEqualTo("{\"msisdn\":\"+33612345678\"}");
        assertThat(request.header("X-Digest-Key")).isEqualTo("key");
        assertThat(request.header("X-Digest-Timestamp")).isEqualTo("1795341600");
        // printf '/mnp-lookup1795341600POST{"msisdn":"+33612345678"}' | openssl dgst -sha256 -hmac
        // s3cret-of-the-provider
        assertThat(request.header("X-Digest-Signature"))
                .isEqualTo("62b909e5350e8d9b459229ad88ec2db1f1cb2f272ce46525a74de9f889ba00b2");
    }
}
