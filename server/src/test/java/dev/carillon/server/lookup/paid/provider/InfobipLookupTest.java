// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import static org.assertj.core.api.Assertions.assertThat;

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

final class InfobipLookupTest extends LookupProviderContract {
    @Override
    LookupKind kind() {
        return InfobipLookup.KIND;
    }

    @Override
    Map<String, Object> options() {
        return Map.of("api_key", SECRET);
    }

    @Override
    String knowing() {
        return """
                {"bulkId":"b","results":[{"to":"33612345678","mccMnc":"20801","imsi":"208011234567890",
                 "originalNetwork":{"networkName":"SFR","networkPrefix":"6123","countryName":"France","countryPrefix":"33","networkId":1},
                 "ported":true,"portedNetwork":{"networkName":"Orange","networkPrefix":"607","countryName":"France","countryPrefix":"33"},
                 "roaming":false,"status":{"groupId":3,"groupName":"DELIVERED","id":5,"name":"DELIVERED_TO_HANDSET"},
                 "error":{"groupId":0,"groupName":"OK","id":0,"name":"NO_ERROR","permanent":false}}]}
                """;
    }

    @Override
    Finding known() {
        return new Finding(
                Optional.empty(),
                Optional.of(new Network("20801")),
                Optional.of("Orange"),
                Optional.of(true),
                Optional.empty());
    }

    @Override
    Map<String, Answer> ignorant() {
        return Map.of(
                "unknown", ProviderFixture.json(404, "{}"),
                "an unknown subscriber", ProviderFixture.json(200, """
                        {"results":[{"to":"33612345678","status":{"groupId":2,"groupName":"UNDELIVERABLE"},
                         "error":{"groupId":1,"groupName":"HANDSET_ERRORS","id":1,"name":"EC_UNKNOWN_SUBSCRIBER","permanent":true}}]}"""));
    }

    @Override
    List<String> unusable() {
        return List.of("", "[]", "null", "<html>", "{}", "{\"results\":[]}");
    }

    @Override
    void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/number/1/query");
        assertThat(request.header("Authorization")).isEqualTo("App " + SECRET);
        assertThat(request.header("Content-Type")).startsWith("application/json");
        assertThat(request.body()).isEqualTo("{\"to\":[\"33612345678\"]}");
    }

    @Test
    void aNumberThatWasNotPortedIsStillWithTheFirst() throws LookupFailedException, InterruptedException {
        Finding finding = ask(ProviderFixture.json(200, """
                        {"results":[{"mccMnc":"20810","originalNetwork":{"networkName":"SFR"},"ported":false}]}"""), Topic.NETWORK);

        assertThat(finding)
                .isEqualTo(new Finding(
                        Optional.empty(),
                        Optional.of(new Network("20810")),
                        Optional.of("SFR"),
                        Optional.of(false),
                        Optional.empty()));
    }
}
