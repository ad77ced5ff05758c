// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.LookupFailedException;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.LookupProvider;
import dev.carillon.server.lookup.paid.Topic;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Twilio Lookup v2. It tells the present network but not whether that is another than the first; a package of data that failed has
 * an {@code error_code} in an answer that is otherwise good.
 */
final class TwilioLookup implements LookupProvider {
    private static final Map<String, LineType> LINES = Map.ofEntries(
            Map.entry("landline", LineType.FIXED_LINE),
            Map.entry("mobile", LineType.MOBILE),
            Map.entry("fixedVoip", LineType.VOIP),
            Map.entry("nonFixedVoip", LineType.VOIP),
            Map.entry("personal", LineType.OTHER),
            Map.entry("tollFree", LineType.TOLL_FREE),
            Map.entry("premium", LineType.PREMIUM_RATE),
            Map.entry("sharedCost", LineType.SHARED_COST),
            Map.entry("uan", LineType.UNIVERSAL_ACCESS),
            Map.entry("voicemail", LineType.VOICE_MAIL),
            Map.entry("pager", LineType.PAGER));

    /** Kind {@code twilio}. */
    static final LookupKind KIND = new LookupKind() {
        @Override
        public String name() {
            return "twilio";
        }

        @Override
        public LookupProvider open(Options options, HttpCalls calls, InstantSource clock) {
            BaseUrl base = BaseUrl.of(options, "https://lookups.twilio.com");
            // An API key and its secret do as well as the account's SID and token.
            String user = options.text("account_sid");
            Secret password = options.secret("auth_token");
            options.refuseUnknown();
            return new TwilioLookup(base, Signatures.basic(user, password), calls);
        }
    };

    private final BaseUrl base;
    private final String authorization;
    private final HttpCalls calls;

    private TwilioLookup(BaseUrl base, String authorization, HttpCalls calls) {
        this.base = base;
        this.authorization = authorization;
        this.calls = calls;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.NETWORK, Topic.CALLER_NAME);
    }

    @Override
    public Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException {
        String fields = topics.stream().map(TwilioLookup::field).sorted().collect(Collectors.joining(","));
        HttpCall call = HttpCall.get(
                        base.at("/v2/PhoneNumbers/%2B" + number.value().substring(1) + "?Fields=" + fields))
                .with("Authorization", authorization);
        return Answers.json(calls, call).map(TwilioLookup::finding).orElse(Finding.NOTHING);
    }

    private static String field(Topic topic) {
        return switch (topic) {
            case NETWORK -> "line_type_intelligence";
            case CALLER_NAME -> "caller_name";
        };
    }

    private static Finding finding(JsonNode answer) {
        JsonNode line = answer.path("line_type_intelligence");
        return new Finding(
                JsonTree.text(line, "/type").map(LINES::get),
                Answers.network(
                        JsonTree.text(line, "/mobile_country_code"), JsonTree.text(line, "/mobile_network_code")),
                JsonTree.text(line, "/carrier_name"),
                Optional.empty(),
                JsonTree.text(answer, "/caller_name/caller_name"));
    }

    @Override
    public void close() {
        calls.close();
    }
}
