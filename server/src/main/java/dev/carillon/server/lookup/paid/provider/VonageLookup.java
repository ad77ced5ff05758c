// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Jwt;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.LookupProvider;
import dev.carillon.server.lookup.paid.Topic;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Vonage Identity Insights, which takes the place of Number Insight (switched off in February 2027). Each insight has a status of its
 * own. Its address has a version and a region in it, so that it can be set as a whole.
 */
final class VonageLookup implements LookupProvider {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);
    private static final Map<String, LineType> LINES = Map.of(
            "mobile", LineType.MOBILE,
            "landline", LineType.FIXED_LINE,
            "landline_premium", LineType.PREMIUM_RATE,
            "landline_tollfree", LineType.TOLL_FREE,
            "virtual", LineType.VOIP,
            "pager", LineType.PAGER);

    /** Kind {@code vonage}. */
    static final LookupKind KIND = new LookupKind() {
        @Override
        public String name() {
            return "vonage";
        }

        @Override
        public LookupProvider open(Options options, HttpCalls calls, InstantSource clock) {
            BaseUrl base = BaseUrl.of(options, "https://api-eu.vonage.com/v0.1");
            String application = options.text("application_id");
            Secret pem = options.secret("private_key");
            String purpose = options.text("purpose", "FraudPreventionAndDetection");
            options.refuseUnknown();
            try {
                return new VonageLookup(base, application, Jwt.rsaKey(pem), purpose, calls, clock);
            } catch (IllegalArgumentException e) {
                throw options.wrong("private_key", String.valueOf(e.getMessage()));
            }
        }
    };

    private final BaseUrl base;
    private final String application;
    private final PrivateKey key;
    private final String purpose;
    private final HttpCalls calls;
    private final InstantSource clock;

    private VonageLookup(
            BaseUrl base, String application, PrivateKey key, String purpose, HttpCalls calls, InstantSource clock) {
        this.base = base;
        this.application = application;
        this.key = key;
        this.purpose = purpose;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.NETWORK);
    }

    @Override
    public Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException {
        ObjectNode body = JsonTree.object();
        body.put("phone_number", number.value().substring(1)).put("purpose", purpose);
        ObjectNode insights = body.putObject("insights");
        insights.putObject("original_carrier");
        insights.putObject("current_carrier");
        HttpCall call = HttpCall.post(base.at("/identity-insights"), "application/json", JsonTree.write(body))
                .with("Authorization", "Bearer " + token());
        return Answers.json(calls, call)
                .map(answer -> finding(answer.path("insights")))
                .orElse(Finding.NOTHING);
    }

    private String token() {
        Instant now = clock.instant();
        ObjectNode claims = JsonTree.object();
        claims.put("application_id", application)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(TOKEN_LIFE).getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        return Jwt.signRs256(claims, key);
    }

    private static Finding finding(JsonNode insights) {
        JsonNode current = insights.path("current_carrier");
        Optional<Network> network = Answers.network(JsonTree.text(current, "/network_code"));
        Optional<Network> first = Answers.network(JsonTree.text(insights, "/original_carrier/network_code"));
        return new Finding(
                JsonTree.text(current, "/network_type").map(text -> LINES.get(text.toLowerCase(Locale.ROOT))),
                network,
                JsonTree.text(current, "/name"),
                network.flatMap(now -> first.map(before -> !before.equals(now))),
                Optional.empty());
    }

    @Override
    public void close() {
        calls.close();
    }
}
