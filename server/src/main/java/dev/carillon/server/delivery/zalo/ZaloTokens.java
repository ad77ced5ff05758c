// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.zalo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Refreshes Zalo's tokens: an access token lives about a day, a refresh token is good once and for three months. */
final class ZaloTokens implements TokenStore.Refresher {
    private final ZaloOptions options;
    private final HttpCalls http;
    private final InstantSource clock;

    ZaloTokens(ZaloOptions options, HttpCalls http, InstantSource clock) {
        this.options = options;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public TokenStore.Tokens refresh(Secret refreshToken) throws TokenUnavailableException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("app_id", options.appId());
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken.value());
        Instant askedAt = clock.instant();
        HttpReply reply;
        try {
            reply = http.send(HttpCall.post(options.tokenUrl(), FormData.CONTENT_TYPE, FormData.encode(form))
                    .with("secret_key", options.appSecret().value()));
        } catch (CallFailedException e) {
            throw new TokenUnavailableException("the tokens could not be refreshed: " + e.getMessage(), e);
        }
        JsonNode json = JsonTree.read(reply.body());
        Optional<String> access = JsonTree.text(json, "/access_token");
        Optional<String> refresh = JsonTree.text(json, "/refresh_token");
        // Written as a text by Zalo; either is read.
        long seconds = json.path("expires_in").asLong();
        if (!reply.isSuccess() || access.isEmpty() || refresh.isEmpty() || seconds <= 0) {
            throw new TokenUnavailableException("the tokens could not be refreshed: " + detail(reply, json), null);
        }
        return new TokenStore.Tokens(new Secret(access.get()), new Secret(refresh.get()), askedAt.plusSeconds(seconds));
    }

    private static String detail(HttpReply reply, JsonNode json) {
        return Outcomes.detail(
                reply,
                JsonTree.text(json, "/error"),
                JsonTree.text(json, "/error_description").or(() -> JsonTree.text(json, "/error_name")));
    }
}
