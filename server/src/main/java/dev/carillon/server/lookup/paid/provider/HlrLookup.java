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
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.LookupProvider;
import dev.carillon.server.lookup.paid.Topic;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** HLR Lookups (hlr-lookups.com), its MNP lookup: the country's portability database, or the network's register where there is none. */
final class HlrLookup implements LookupProvider {
    private static final String PATH = "/mnp-lookup";

    /** Kind {@code hlr-lookups}. */
    static final LookupKind KIND = new LookupKind() {
        @Override
        public String name() {
            return "hlr-lookups";
        }

        @Override
        public LookupProvider open(Options options, HttpCalls calls, InstantSource clock) {
            BaseUrl base = BaseUrl.of(options, "https://www.hlr-lookups.com/api/v2");
            Secret key = options.secret("api_key");
            Secret secret = options.secret("api_secret");
            options.refuseUnknown();
            return new HlrLookup(base, key, secret, calls, clock);
        }
    };

    private final BaseUrl base;
    private final Secret key;
    private final Secret secret;
    private final HttpCalls calls;
    private final InstantSource clock;

    private HlrLookup(BaseUrl base, Secret key, Secret secret, HttpCalls calls, InstantSource clock) {
        this.base = base;
        this.key = key;
        this.secret = secret;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.NETWORK);
    }

    @Override
    public Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException {
        ObjectNode json = JsonTree.object();
        json.put("msisdn", number.value());
        String body = JsonTree.write(json);
        String time = Long.toString(clock.instant().getEpochSecond());
        HttpCall call = HttpCall.post(base.at(PATH), "application/json", body)
                .with("X-Digest-Key", key.value())
                .with("X-Digest-Timestamp", time)
                .with("X-Digest-Signature", Signatures.hex(Hmac.SHA256.of(secret, PATH + time + "POST" + body)));
        Optional<JsonNode> answer = Answers.json(calls, call);
        if (answer.isEmpty()) {
            return Finding.NOTHING;
        }
        JsonNode found = answer.get();
        String status = JsonTree.text(found, "/query_status").orElse("");
        if (!status.equals("OK")) {
            throw new LookupFailedException("the query's status is " + (status.equals("FAILED") ? status : "not OK"));
        }
        Optional<Boolean> ported =
                Optional.of(found.path("is_ported")).filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
        Optional<String> first = JsonTree.text(found, "/original_network_name");
        Optional<Network> network = Answers.network(JsonTree.text(found, "/mccmnc"));
        return new Finding(
                network.map(_ -> LineType.MOBILE),
                network,
                JsonTree.text(found, "/ported_network_name")
                        .or(() -> ported.filter(away -> !away).flatMap(_ -> first)),
                ported,
                Optional.empty());
    }

    @Override
    public void close() {
        calls.close();
    }
}
