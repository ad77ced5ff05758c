// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.Topic;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VonageLookupTest extends LookupProviderContract {
    private static final String KEY = key();

    @Override
    LookupKind kind() {
        return VonageLookup.KIND;
    }

    @Override
    Map<String, Object> options() {
        return Map.of("application_id", "app", "private_key", KEY);
    }

    @Override
    String knowing() {
        return """
                {"request_id":"r","insights":{
                 "original_carrier":{"name":"SFR","network_type":"MOBILE","country_code":"FR","network_code":"20810",
                  "status":{"code":"OK","message":"Success"}},
                 "current_carrier":{"name":"Orange","network_type":"MOBILE","country_code":"FR","network_code":"20801",
                  "status":{"code":"OK","message":"Success"}}}}
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
                "no coverage", ProviderFixture.json(200, """
                        {"request_id":"r","insights":{"original_carrier":{"status":{"code":"NO_COVERAGE"}},
                         "current_carrier":{"status":{"code":"NO_COVERAGE","message":"x"}}}}"""));
    }

    @Override
    List<String> unusable() {
        return List.of("", "[]", "null", "<html>");
    }

    @Override
    void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/identity-insights");
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"phone_number":"33612345678","purpose":"FraudPreventionAndDetection",
                 "insights":{"original_carrier":{},"current_carrier":{}}}"""));
        String token = request.header("Authorization").substring("Bearer ".length());
        JsonNode claims = JsonTree.read(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        assertThat(claims.path("application_id").asText()).isEqualTo("app");
        assertThat(claims.path("iat").asLong()).isEqualTo(CLOCK.instant().getEpochSecond());
        assertThat(claims.path("exp").asLong()).isEqualTo(CLOCK.instant().getEpochSecond() + 900);
        assertThat(claims.path("jti").asText()).isNotBlank();
    }

    /** A fresh key for each run. */
    private static String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] bytes = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(bytes)
                    + "\n-----END PRIVATE KEY-----";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutTheFirstNetworkPortingIsNotKnown() throws LookupFailedException, InterruptedException {
        Finding finding = ask(ProviderFixture.json(200, """
                        {"insights":{"current_carrier":{"name":"X","network_type":"virtual"}}}"""), Topic.NETWORK);

        assertThat(finding)
                .isEqualTo(new Finding(
                        Optional.of(LineType.VOIP),
                        Optional.empty(),
                        Optional.of("X"),
                        Optional.empty(),
                        Optional.empty()));
    }
}
