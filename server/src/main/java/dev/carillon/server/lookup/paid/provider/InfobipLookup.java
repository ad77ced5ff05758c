// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.LookupProvider;
import dev.carillon.server.lookup.paid.Topic;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Infobip Number Lookup, answered at once. It asks the number's home network, so that it knows mobile lines only. */
final class InfobipLookup implements LookupProvider {
    /** Kind {@code infobip}. */
    static final LookupKind KIND = new LookupKind() {
        @Override
        public String name() {
            return "infobip";
        }

        @Override
        public LookupProvider open(Options options, HttpCalls calls, InstantSource clock) {
            // Each account has a host of its own.
            BaseUrl base = BaseUrl.of(options, options.text("base_url"));
            Secret key = options.secret("api_key");
            options.refuseUnknown();
            return new InfobipLookup(base, key, calls);
        }
    };

    private final BaseUrl base;
    private final Secret key;
    private final HttpCalls calls;

    private InfobipLookup(BaseUrl base, Secret key, HttpCalls calls) {
        this.base = base;
        this.key = key;
        this.calls = calls;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.NETWORK);
    }

    @Override
    public Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException {
        ObjectNode body = JsonTree.object();
        body.putArray("to").add(number.value().substring(1));
        HttpCall call = HttpCall.post(base.at("/number/1/query"), "application/json", JsonTree.write(body))
                .with("Accept", "application/json")
                .with("Authorization", "App " + key.value());
        Optional<JsonNode> answer = Answers.json(calls, call);
        if (answer.isEmpty()) {
            return Finding.NOTHING;
        }
        JsonNode result = answer.get().path("results").path(0);
        if (!result.isObject()) {
            throw new LookupFailedException("the answer has no result");
        }
        Optional<Boolean> ported =
                Optional.of(result.path("ported")).filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
        Optional<String> first = JsonTree.text(result, "/originalNetwork/networkName");
        return new Finding(
                Optional.empty(),
                Answers.network(JsonTree.text(result, "/mccMnc")),
                JsonTree.text(result, "/portedNetwork/networkName")
                        .or(() -> ported.filter(away -> !away).flatMap(_ -> first)),
                ported,
                Optional.empty());
    }

    @Override
    public void close() {
        calls.close();
    }
}
