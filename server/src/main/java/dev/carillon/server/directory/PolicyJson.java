// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.NumberRules;
import dev.carillon.core.account.Policy;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.time.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A policy as a JSON object: each field has the name and the spelling of its option on the command line. A field that is missing
 * has its default, and one that is unknown is left alone, so that versions of the program can share a store while it is updated.
 */
public final class PolicyJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final String LIMITS = "limits";
    private static final String OFF = "off";
    private static final String EMPTY = "{}";
    private static final List<String> NAMES = List.of(
            "window",
            "code-length",
            "max-checks",
            "retry-after",
            "accept-codes",
            "auto-retry",
            "show-codes",
            "brand",
            "default-locale",
            "countries",
            "senders",
            "origin-domain",
            "channels",
            "fallback",
            "lines",
            "temporary-numbers",
            "cnam",
            SpendingJson.NAME);

    private PolicyJson() {}

    /** @throws IllegalArgumentException when {@link #read} would not give the same policy back */
    public static String write(Policy policy) {
        return write(policy, EMPTY);
    }

    /** As {@link #write(Policy)}, keeping the fields of a former text that this version does not know. */
    static String write(Policy policy, String former) {
        ObjectNode json = object(former);
        json.remove(NAMES);
        json.put("window", Durations.format(policy.window()));
        json.put("code-length", policy.codeLength());
        json.put("max-checks", policy.maxChecks());
        json.put("retry-after", Durations.format(policy.retryAfter()));
        json.put("accept-codes", policy.acceptCodes().name().toLowerCase(Locale.ROOT));
        json.put("auto-retry", policy.autoRetry());
        json.put("show-codes", policy.showCodes());
        policy.brand().ifPresent(brand -> json.put("brand", brand));
        policy.defaultLocale().ifPresent(locale -> json.put("default-locale", locale));
        json.put("countries", policy.countries().toString());
        ArrayNode senders = json.putArray("senders");
        new TreeSet<>(policy.senders()).forEach(senders::add);
        policy.originDomain().ifPresent(domain -> json.put("origin-domain", domain));
        json.put("channels", policy.channels().text());
        json.put("fallback", policy.channels().fallback());
        json.put("lines", policy.numbers().linesText());
        json.put("temporary-numbers", policy.numbers().temporary());
        json.put("cnam", policy.numbers().callerNames());
        SpendingJson.write(policy.spending(), json);
        writeLimits(policy.limits(), json);
        String text = json.toString();
        if (!read(text).equals(policy)) {
            // Rather refused now than another policy after the next start.
            throw new IllegalArgumentException("the policy has a value that cannot be written, such as a fraction of a "
                    + "millisecond or a country that does not exist");
        }
        return text;
    }

    /** @throws IllegalArgumentException naming the field that is wrong */
    public static Policy read(String text) {
        ObjectNode json = object(text);
        Policy standard = Policy.STANDARD;
        return new Policy(
                value(json, "window", JsonNode::isTextual, node -> Durations.parse(node.textValue()))
                        .orElse(standard.window()),
                value(json, "code-length", JsonNode::isInt, JsonNode::intValue).orElse(standard.codeLength()),
                value(json, "max-checks", JsonNode::isInt, JsonNode::intValue).orElse(standard.maxChecks()),
                value(json, "retry-after", JsonNode::isTextual, node -> durations(node.textValue()))
                        .orElse(standard.retryAfter()),
                value(json, "accept-codes", JsonNode::isTextual, node -> acceptCodes(node.textValue()))
                        .orElse(standard.acceptCodes()),
                value(json, "auto-retry", JsonNode::isBoolean, JsonNode::booleanValue)
                        .orElse(standard.autoRetry()),
                value(json, "show-codes", JsonNode::isBoolean, JsonNode::booleanValue)
                        .orElse(standard.showCodes()),
                value(json, "brand", JsonNode::isTextual, JsonNode::textValue),
                value(json, "default-locale", JsonNode::isTextual, JsonNode::textValue),
                value(json, "countries", JsonNode::isTextual, node -> Countries.parse(node.textValue()))
                        .orElse(standard.countries()),
                value(json, "senders", JsonNode::isArray, PolicyJson::texts).orElse(standard.senders()),
                value(json, "origin-domain", JsonNode::isTextual, JsonNode::textValue),
                new Channels(
                        value(json, "channels", JsonNode::isTextual, node -> Channels.parse(node.textValue()))
                                .orElse(standard.channels().order()),
                        value(json, "fallback", JsonNode::isBoolean, JsonNode::booleanValue)
                                .orElse(standard.channels().fallback())),
                value(json, LIMITS, JsonNode::isObject, PolicyJson::limits).orElse(standard.limits()),
                new NumberRules(
                        value(json, "lines", JsonNode::isTextual, node -> NumberRules.parse(node.textValue()))
                                .orElse(standard.numbers().lines()),
                        value(json, "temporary-numbers", JsonNode::isBoolean, JsonNode::booleanValue)
                                .orElse(standard.numbers().temporary()),
                        value(json, "cnam", JsonNode::isBoolean, JsonNode::booleanValue)
                                .orElse(standard.numbers().callerNames())),
                value(json, SpendingJson.NAME, JsonNode::isObject, SpendingJson::read)
                        .orElse(standard.spending()));
    }

    private static void writeLimits(Limits limits, ObjectNode json) {
        ObjectNode node = json.get(LIMITS) instanceof ObjectNode former ? former : json.putObject(LIMITS);
        for (LimitName name : LimitName.values()) {
            Optional<Limit> override = limits.overrides().get(name);
            if (override == null) {
                node.remove(name.text());
            } else {
                node.put(name.text(), override.map(Limit::toString).orElse(OFF));
            }
        }
    }

    private static Limits limits(JsonNode node) {
        Limits limits = Limits.STANDARD;
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Optional<LimitName> name = LimitName.of(entry.getKey());
            if (name.isPresent()) {
                String text = entry.getValue().asText();
                limits = limits.with(name.get(), text.equals(OFF) ? Optional.empty() : Optional.of(Limit.parse(text)));
            }
        }
        return limits;
    }

    private static List<Duration> durations(String text) {
        return text.isEmpty() ? List.of() : Durations.parseList(text);
    }

    private static AcceptCodes acceptCodes(String text) {
        return Arrays.stream(AcceptCodes.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not any, latest or same"));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                throw new IllegalArgumentException("a list of texts is needed");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** A field's value; empty when it is missing or null. */
    private static <T> Optional<T> value(
            ObjectNode json, String name, Predicate<JsonNode> isRight, Function<JsonNode, T> reader) {
        JsonNode node = json.get(name);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!isRight.test(node)) {
            throw new IllegalArgumentException(name + ": a value of another type is needed");
        }
        try {
            return Optional.of(reader.apply(node));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static ObjectNode object(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("a policy must be a JSON object");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a policy must be JSON: " + e.getOriginalMessage(), e);
        }
    }
}
