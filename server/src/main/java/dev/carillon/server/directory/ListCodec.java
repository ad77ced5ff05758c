// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.balance.PriceCsv;
import dev.carillon.core.balance.PriceList;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateForm;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How list entries are stored: found by a keyed hash and sealed, since they hold phone numbers. */
final class ListCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    static final String SELECT = "SELECT account, kind, id, body FROM list_entry";

    private final Keyring keyring;

    /** A row of the table. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(UUID account, String kind, String id, byte[] body) {}

    ListCodec(Keyring keyring) {
        this.keyring = keyring;
    }

    static Entry read(ResultSet row) throws SQLException {
        return new Entry(UUID.fromString(row.getString(1)), row.getString(2), row.getString(3), row.getBytes(4));
    }

    /** The id of the entry for a number or pattern. */
    String id(UUID account, ListKind kind, String subject) {
        return keyring.lookup("list:" + kind.text(), bytes(account.toString()), bytes(subject))
                .toString();
    }

    Entry entry(UUID account, TestNumber number) {
        String json = MAPPER.createObjectNode()
                .put("number", number.e164())
                .put("code", number.code())
                .put("outcome", number.outcome().text())
                .toString();
        return seal(account, ListKind.TEST_NUMBER, number.e164(), json);
    }

    Entry entry(UUID account, BlockPattern pattern) {
        return seal(account, ListKind.BLOCK, pattern.toString(), pattern.toString());
    }

    /** @throws UnreadableException when the row was changed or moved, or a newer version wrote what is unknown here */
    TestNumber testNumber(Entry entry) {
        try {
            JsonNode json = MAPPER.readTree(open(entry));
            return new TestNumber(
                    json.path("number").asText(),
                    json.path("code").asText(),
                    TestNumber.Outcome.of(json.path("outcome").asText())
                            .orElseThrow(() -> new IllegalArgumentException("unknown outcome")));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnreadableException("a test number has an unknown form");
        }
    }

    /** @throws UnreadableException when the row was changed or moved, or a newer version wrote what is unknown here */
    BlockPattern block(Entry entry) {
        try {
            return BlockPattern.parse(open(entry));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a block has an unknown form");
        }
    }

    Entry entry(UUID account, AccountSender sender) {
        String json = MAPPER.createObjectNode()
                .put("sender", sender.id())
                .put("countries", sender.countries().toString())
                .toString();
        return seal(account, ListKind.SENDER, sender.id(), json);
    }

    /** @throws UnreadableException when the row was changed or moved, or a newer version wrote what is unknown here */
    AccountSender sender(Entry entry) {
        try {
            JsonNode json = MAPPER.readTree(open(entry));
            return new AccountSender(
                    json.path("sender").asText(),
                    Countries.parse(json.path("countries").asText()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnreadableException("a sender has an unknown form");
        }
    }

    Entry entry(UUID account, AccountTemplate template) {
        try {
            String json =
                    MAPPER.writeValueAsString(Map.of("id", template.id(), "template", TemplateForm.write(template)));
            return seal(account, ListKind.TEMPLATE, template.id(), json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts can be written", e);
        }
    }

    /** @throws UnreadableException when the row was changed or moved, or a newer version wrote what is unknown here */
    AccountTemplate template(Entry entry) {
        try {
            JsonNode json = MAPPER.readTree(open(entry));
            Map<?, ?> tree = MAPPER.convertValue(json.path("template"), Map.class);
            return TemplateForm.read(json.path("id").asText(), tree, TemplateForm.Unknown.IGNORED);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnreadableException("a template has an unknown form");
        }
    }

    Entry entry(UUID account, AccountWebhook webhook) {
        ObjectNode json = MAPPER.createObjectNode().put("secret", webhook.secret());
        webhook.callbackUrl().ifPresent(url -> json.put("url", url));
        ArrayNode endpoints = json.putArray("endpoints");
        webhook.endpoints().forEach(endpoint -> endpoints
                .addObject()
                .put("id", endpoint.id().toString())
                .put("url", endpoint.url()));
        return seal(account, ListKind.WEBHOOK, "", json.toString());
    }

    /** @throws UnreadableException when the row was changed or moved, or a newer version wrote what is unknown here */
    AccountWebhook webhook(Entry entry) {
        try {
            JsonNode json = MAPPER.readTree(open(entry));
            List<AccountWebhook.Endpoint> endpoints = new ArrayList<>();
            for (JsonNode endpoint : json.path("endpoints")) {
                endpoints.add(new AccountWebhook.Endpoint(
                        UUID.fromString(endpoint.path("id").asText()),
                        endpoint.path("url").asText()));
            }
            return new AccountWebhook(
                    Optional.ofNullable(json.get("url")).map(JsonNode::asText),
                    endpoints,
                    json.path("secret").asInt());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnreadableException("a webhook has an unknown form");
        }
    }

    Entry entry(UUID account, PriceList prices) {
        return seal(account, ListKind.PRICES, "", PriceCsv.write(prices));
    }

    /** @throws UnreadableException when the row was changed or moved, or a newer version wrote what is unknown here */
    PriceList prices(Entry entry) {
        try {
            return PriceCsv.read(open(entry));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a price list has an unknown form");
        }
    }

    Entry entry(UUID account, Environment environment) {
        return seal(account, ListKind.ENVIRONMENT, environment.id().toString(), EnvironmentJson.write(environment));
    }

    /** @throws UnreadableException when the row was changed or moved, or a newer version wrote what is unknown here */
    Environment environment(Entry entry) {
        try {
            return EnvironmentJson.read(open(entry));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnreadableException("an environment has an unknown form");
        }
    }

    private Entry seal(UUID account, ListKind kind, String subject, String body) {
        String id = id(account, kind, subject);
        return new Entry(account, kind.text(), id, keyring.seal(bytes(body), context(account, kind.text(), id)));
    }

    private String open(Entry entry) {
        byte[] body = keyring.open(entry.body(), context(entry.account(), entry.kind(), entry.id()));
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The place of the row; its parts hold no slash. */
    private static byte[] context(UUID account, String kind, String id) {
        return bytes("list_entry/" + account + "/" + kind + "/" + id);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
