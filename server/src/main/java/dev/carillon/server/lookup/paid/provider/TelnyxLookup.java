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

/** Telnyx Number Lookup v2. Accounts that were not enabled get a country's letters as MCC, which counts as nothing. */
final class TelnyxLookup implements LookupProvider {
    /** {@code fixed line or mobile} tells nothing. */
    private static final Map<String, LineType> LINES = Map.ofEntries(
            Map.entry("fixed line", LineType.FIXED_LINE),
            Map.entry("mobile", LineType.MOBILE),
            Map.entry("voip", LineType.VOIP),
            Map.entry("toll free", LineType.TOLL_FREE),
            Map.entry("premium rate", LineType.PREMIUM_RATE),
            Map.entry("shared cost", LineType.SHARED_COST),
            Map.entry("personal number", LineType.OTHER),
            Map.entry("pager", LineType.PAGER),
            Map.entry("uan", LineType.UNIVERSAL_ACCESS),
            Map.entry("voicemail", LineType.VOICE_MAIL));

    /** Kind {@code telnyx}. */
    static final LookupKind KIND = new LookupKind() {
        @Override
        public String name() {
            return "telnyx";
        }

        @Override
        public LookupProvider open(Options options, HttpCalls calls, InstantSource clock) {
            BaseUrl base = BaseUrl.of(options, "https://api.telnyx.com");
            Secret key = options.secret("api_key");
            options.refuseUnknown();
            return new TelnyxLookup(base, key, calls);
        }
    };

    private final BaseUrl base;
    private final Secret key;
    private final HttpCalls calls;

    private TelnyxLookup(BaseUrl base, Secret key, HttpCalls calls) {
        this.base = base;
        this.key = key;
        this.calls = calls;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.NETWORK, Topic.CALLER_NAME);
    }

    @Override
    public Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException {
        String types = topics.stream().map(TelnyxLookup::type).sorted().collect(Collectors.joining("&"));
        HttpCall call = HttpCall.get(
                        base.at("/v2/number_lookup/%2B" + number.value().substring(1) + "?" + types))
                .with("Authorization", "Bearer " + key.value());
        return Answers.json(calls, call)
                .map(answer -> finding(answer.path("data")))
                .orElse(Finding.NOTHING);
    }

    private static String type(Topic topic) {
        return switch (topic) {
            case NETWORK -> "type=carrier";
            case CALLER_NAME -> "type=caller-name";
        };
    }

    private static Finding finding(JsonNode data) {
        return new Finding(
                JsonTree.text(data, "/carrier/type").map(LINES::get),
                Answers.network(
                        JsonTree.text(data, "/carrier/mobile_country_code"),
                        JsonTree.text(data, "/carrier/mobile_network_code")),
                JsonTree.text(data, "/carrier/name"),
                JsonTree.text(data, "/portability/ported_status").flatMap(TelnyxLookup::yesOrNo),
                JsonTree.text(data, "/caller_name/caller_name"));
    }

    private static Optional<Boolean> yesOrNo(String text) {
        return switch (text) {
            case "Y" -> Optional.of(true);
            case "N" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        calls.close();
    }
}
