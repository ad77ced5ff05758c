// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.core.message.MessageTemplates;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.server.api.FuzzedRequests;
import dev.carillon.server.api.InvalidRequestException;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.api.ding.FuzzedCreates;
import dev.carillon.server.api.dynamic.FuzzedPhones;
import dev.carillon.server.captcha.FuzzedSolutions;
import dev.carillon.server.config.Cidr;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.aws.FuzzedEvents;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.Jwt;
import dev.carillon.server.delivery.smpp.FuzzedReceipts;
import dev.carillon.server.directory.BlockPattern;
import dev.carillon.server.user.FuzzedTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What reads something that the network sends, with what must hold whatever that is. Not only that nothing is thrown but what the contract has an
 * answer for: what was read must be what was written, and what a second reader makes of it.
 */
enum FuzzTarget {
    /** JSON bodies: what is taken is taken by Jackson with every strictness on, and has the same texts in it. */
    JSON(
            FuzzTarget::json,
            "{}",
            "{\"a\":\"b\",\"c\":true,\"d\":null,\"e\":[1,{\"f\":-1.5e3}]}",
            "{\"a\":\"\\u00e9\\ud83d\\ude00\",\"a\":1}",
            "{\"a\":\"\\ud800\"} {}",
            " [\"\u00ff\"]"),
    /** A create's fields. */
    CREATE(
            FuzzedCreates::check,
            "{\"customer_uuid\":\"3f2f4f0e-6c1d-4a6c-9b57-0d5c1f5b8a11\",\"phone_number\":\"+33612345678\",\"ip\":\"::1\","
                    + "\"device_type\":\"ANDROID\",\"app_realm\":\"FA+9qCX9VSu\",\"is_returning_user\":true}",
            "{\"callback_url\":\"https://[::ffff:10.0.0.1]:8443/x?y\",\"sender_id\":\"Acme\",\"locale\":\"pt-BR\"}",
            "{\"callback_url\":\"https://0x7f.1/\",\"device_id\":\"\\u0000\"}"),
    /** Phone numbers: reading is idempotent, and reasons are short and plain. */
    PHONE(
            FuzzTarget::phone,
            "+33612345678",
            "+5215512345678",
            "+4407911123456",
            "+1 415 555 0100",
            "+0",
            "+\u0661\u0662"),
    /** Locale tags: whatever is asked for, the answer is one that there is. */
    LOCALE(FuzzTarget::locale, "en-US", "zh_Hant_TW", "sr-Latn-RS-x-private", "i-klingon", "pt-BR\nBR", "\nFR", "x-"),
    /** Forms and queries: written again, they are read as the same. */
    FORM(FuzzTarget::form, "a=b&c=%20%C3%A9+d", "a&=b&a=%", "%ff=1", "a=%e2%82%ac%00&&"),
    /** Addresses, ids and paths of requests. */
    REQUEST(
            FuzzedRequests::check,
            "10.0.0.2, 192.0.2.1\n203.0.113.7",
            "2001:db8::1",
            "3F2F4F0E-6C1D-4A6C-9B57-0D5C1F5B8A11",
            "%2B33612345678",
            "fe80::1%eth0"),
    /** Requests as a doorman sees them: what is plain is to Helidon what it is to us, and ends at the same byte. */
    PLAIN_REQUEST(
            FuzzedRequests::checkPlain,
            "Host: a\r\nx-api-key: ck_1\r\nContent-Length: 2\r\n\r\n{}",
            "host:a\r\nX-Api-Key:\tk \r\nUser-Agent: b/1.0 (c; d)\r\ncontent-length:0\r\nConnection: Keep-Alive\r\n\r\n",
            "Host: a\r\nx-api-key: k\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"),
    /** Bodies in chunks: read as the grammar has them, whatever pieces they come in. */
    CHUNKS(
            FuzzedRequests::checkChunks,
            "\u00015\r\nhello\r\n0\r\n\r\n",
            "?2\r\n{}\r\n0\r\n\r\n",
            "\u00002\r\n{}XX0\r\n\r\n",
            "!+2\r\n{}\r\n0\r\n\r\n",
            "!00000002\r\n\r\n\r\n0\r\n\r\n"),
    /** Receipts of SMSCs: whole PDUs, and texts. */
    SMPP(
            FuzzedReceipts::check,
            "id:0123456789 sub:001 dlvrd:001 submit date:2611220904 done date:2611220905 stat:DELIVRD err:000 text:code",
            "ID:abc STAT:UNDELIV ERR:0x1b done date:20261122090500",
            "\u0000\u0000\u0000<\u0000\u0000\u0000\u0005\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u00013\u0000\u0001\u0001x\u0000"
                    + "\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0008\u0000\u0004id:1\u0000\u001e\u0000\u0002a\u0000"),
    /** Providers' webhooks, by the first byte, signed as they would be. */
    HOOKS(
            FuzzedHooks::check,
            "\u0000{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{\"status\":\"sent\",\"timestamp\":\"1795338301\","
                    + "\"biz_opaque_callback_data\":\"AZn1sm0-fEGPKzqcXX4fIAE\"}]}}]}]}",
            "\u0001{\"request_id\":\"1\",\"payload\":\"AZn1sm0-TEGPKzqcXX4fIAE\",\"delivery_status\":{\"status\":\"read\","
                    + "\"updated_at\":1795338301},\"request_cost\":0.01}",
            "\u0002{\"event_name\":\"user_received_message\",\"app_id\":\"7\",\"message\":{\"delivery_time\":\"1795338301000\","
                    + "\"msg_id\":\"1\",\"tracking_id\":\"AZn1sm0-TEGPKzqcXX4fIAE\"}}",
            "\u0003{\"results\":[{\"messageId\":\"m\",\"price\":{\"pricePerMessage\":1e9999999990}}]}",
            "\u0003{\"results\":[{\"messageId\":\"m\",\"doneAt\":\"2026-11-22T09:00:00.000+0000\",\"messageCount\":2,"
                    + "\"mccMnc\":\"20801\",\"price\":{\"pricePerMessage\":0.05,\"currency\":\"EUR\"},"
                    + "\"status\":{\"groupName\":\"DELIVERED\"},\"error\":{\"name\":\"NO_ERROR\"}}]}",
            "\u0003{\"results\":[{\"messageId\":\"m\",\"doneAt\":\"+999999999-01-01T00:00:00Z\","
                    + "\"price\":{\"pricePerMessage\":1e999999999,\"currency\":\"EUR\"},\"status\":{\"groupName\":\"EXPIRED\"}}]}",
            "\u0004{\"type\":\"recipient_delivery_report_sms\",\"status\":\"Delivered\",\"at\":\"2026-11-22T09:00:00Z\","
                    + "\"code\":401,\"operator\":\"20801\"}",
            "\u0005messageId=1&status=delivered&err-code=0&price=0.05&scts=2611220904&network-code=20801&msisdn=336",
            "\u0006MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003&To=%2B33&AccountSid=AC1",
            "\u0007{\"results\":[{\"id\":\"1\",\"status\":\"ok\",\"at\":\"-999999999-01-01T00:00:00Z\",\"code\":{},"
                    + "\"network\":\"20801\"}]}"),
    /** Events of AWS. */
    AWS(
            FuzzedEvents::check,
            "{\"eventType\":\"TEXT_DELIVERED\",\"messageId\":\"m\",\"eventTimestamp\":1795338301000,\"totalMessagePrice\":0.09582,"
                    + "\"totalCarrierFee\":0.0045,\"mcc\":\"310\",\"mnc\":\"800\"}",
            "{\"eventType\":\"TEXT_SUCCESSFUL\",\"messageId\":\"m\",\"eventTimestamp\":-1e18,\"totalMessagePrice\":1e999999999}",
            "{\"eventType\":\"TEXT_SENT\",\"messageId\":\"m\",\"totalMessagePrice\":1,\"totalCarrierFee\":-1e-999999999}"),
    /** Dynamic's bodies. */
    DYNAMIC(
            FuzzedPhones::check,
            "{\"phoneCountryCode\":\"33\",\"phoneNumber\":\"612345678\",\"isoCountryCode\":\"FR\"}",
            "{\"phoneCountryCode\":\"+1\",\"phoneNumber\":\"(555) 123-4567\",\"isoCountryCode\":\"us1\"}",
            "{\"verificationUUID\":\"x\",\"verificationToken\":\"123456\"}"),
    /** Tokens of users. */
    TOKEN(FuzzedTokens::check, "{\"exp\":1}", "eyJhbGciOiJub25lIn0.e30.", "a.b.c", "{\"sub\":null,\"exp\":1e400}"),
    /** Tokens of providers: only one that was signed with the key says anything. */
    JWT(FuzzTarget::jwt, "{\"exp\":1795338301,\"nbf\":0}", "{\"exp\":\"x\"}", "eyJhbGciOiJIUzI1NiJ9.e30.", "[]"),
    /** Solutions of captchas. */
    CAPTCHA(
            FuzzedSolutions::check,
            "{\"algorithm\":\"SHA-256\",\"challenge\":\"\",\"number\":1,\"salt\":\"a?expires=9999999999&\",\"signature\":\"\"}",
            "e30=",
            "{\"number\":1e999999999,\"salt\":{}}"),
    /** Blocks of numbers, networks, references: written again, they are read as the same. */
    TEXTS(
            FuzzTarget::texts,
            "+1415*",
            "+14155550123",
            "10.0.0.0/8",
            "2001:db8::/32",
            "1.2.3.4/33",
            "AZn1sm0-TEGPKzqcXX4fIAE");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Secret KEY = new Secret("a-key-that-signs");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
    private final Check check;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<byte[]> seeds;

    /** Throws when something does not hold. */
    @FunctionalInterface
    private interface Check {
        void of(byte[] input) throws Exception;
    }

    /** @param seeds a character for each byte */
    FuzzTarget(Check check, String... seeds) {
        this.check = check;
        this.seeds = List.of(seeds).stream()
                .map(seed -> seed.getBytes(seed.chars().allMatch(c -> c < 0x100) ? ISO_8859_1 : UTF_8))
                .toList();
    }

    void check(byte[] input) throws Exception {
        check.of(input);
    }

    /** What fuzzing begins with. */
    List<byte[]> seeds() {
        return seeds;
    }

    private static void json(byte[] input) throws JsonProcessingException {
        JsonBody body;
        try {
            body = JsonBody.parse(input);
        } catch (InvalidRequestException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        JsonNode reference = STRICT.readTree(new String(input, UTF_8));
        assertThat(reference.isObject()).isTrue();
        for (Map.Entry<String, JsonNode> field : reference.properties()) {
            if (field.getValue().isTextual()) {
                assertThat(body.string(field.getKey()))
                        .contains(field.getValue().asText());
            } else if (field.getValue().isBoolean()) {
                assertThat(body.bool(field.getKey())).contains(field.getValue().asBoolean());
            }
        }
    }

    private static void phone(byte[] input) {
        switch (NumberingPlan.parse(new String(input, UTF_8))) {
            case ParseResult.Valid valid -> {
                assertThat(valid.number().value()).matches("\\+[1-9][0-9]{6,14}");
                assertThat(NumberingPlan.parse(valid.number().value())).isEqualTo(valid);
            }
            case ParseResult.Invalid(String reason) -> {
                assertThat(reason.length()).isLessThan(200);
                assertThat(reason.chars()).noneMatch(Character::isISOControl);
            }
        }
    }

    private static void locale(byte[] input) {
        String[] parts = new String(input, UTF_8).split("\n", 2);
        MessageTemplates templates = MessageTemplates.bundled();
        assertThat(templates.locales()).contains(templates.match(parts[0], parts.length > 1 ? parts[1] : null));
    }

    private static void form(byte[] input) {
        FormData.decode(input).ifPresent(fields -> {
            Map<String, String> first = new HashMap<>();
            fields.forEach((name, values) -> first.put(name, values.getFirst()));
            Map<String, List<String>> again =
                    FormData.decode(FormData.encode(first)).orElseThrow();
            again.forEach((name, values) -> assertThat(values).containsExactly(first.get(name)));
            assertThat(again).hasSameSizeAs(first);
        });
    }

    private static void jwt(byte[] input) {
        String text = new String(input, UTF_8);
        Set<String> algorithms = Set.of("HS256", "HS512");
        assertThat(Jwt.verify(text, KEY, algorithms, NOW)).isEmpty();
        String[] parts = text.split("\n", 2);
        String header = parts.length > 1 ? parts[0] : "{\"alg\":\"HS256\"}";
        Optional<JsonNode> claims =
                Jwt.verify(Tokens.signed(header, parts[parts.length - 1], KEY), KEY, algorithms, NOW);
        claims.ifPresent(said -> assertThat(said.isObject()).isTrue());
    }

    private static void texts(byte[] input) {
        String text = new String(input, UTF_8);
        AttemptRef.parse(text)
                .ifPresent(ref -> assertThat(AttemptRef.parse(ref.encoded())).contains(ref));
        try {
            BlockPattern pattern = BlockPattern.parse(text);
            assertThat(BlockPattern.parse(pattern.toString())).isEqualTo(pattern);
        } catch (IllegalArgumentException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
        try {
            Cidr range = Cidr.parse(text);
            assertThat(Cidr.parse(range.toString())).isEqualTo(range);
        } catch (IllegalArgumentException expected) {
            assertThat(expected).isNotNull();
        }
    }
}
