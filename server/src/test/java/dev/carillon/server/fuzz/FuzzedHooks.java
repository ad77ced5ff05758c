// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Countries;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.NoTokens;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.generic.GenericKind;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import dev.carillon.server.delivery.infobip.InfobipKind;
import dev.carillon.server.delivery.sinch.SinchKind;
import dev.carillon.server.delivery.telegram.TelegramKind;
import dev.carillon.server.delivery.twilio.TwilioKind;
import dev.carillon.server.delivery.vonage.VonageSmsKind;
import dev.carillon.server.delivery.whatsapp.WhatsAppKind;
import dev.carillon.server.delivery.zalo.ZaloKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Providers' webhooks, each with a body that is made up and signed as the provider would sign it: behind the signature stands whoever has the secret,
 * and what a provider sends may be nonsense all the same.
 */
final class FuzzedHooks {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String URL = "https://verify.example.com/hooks/x";
    private static final String SECRET = "the-secret-of-the-webhook";
    private static final AttemptRef REF = new AttemptRef(UUID.fromString("0199f5b2-6d3e-4c41-8f2b-3a9c5d7e1f20"), 1);

    /** How one provider signs a body. */
    @FunctionalInterface
    private interface Signer {
        Webhook call(byte[] body);
    }

    private record Hook(Connection connection, Signer signer) {}

    private static final List<Hook> HOOKS = hooks();

    private FuzzedHooks() {}

    /** No provider's call makes a connection throw, or gives receipts that could not be kept. */
    static void check(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] body = new byte[input.length - 1];
        System.arraycopy(input, 1, body, 0, body.length);
        Hook hook = HOOKS.get((input[0] & 0xFF) % HOOKS.size());
        Webhook call = hook.signer().call(body);
        WebhookReply reply = hook.connection().webhook(call);
        if (reply instanceof WebhookReply.Receipts(List<Receipt> receipts, Optional<String> nonce)) {
            assertThat(receipts.size()).isLessThanOrEqualTo(body.length);
            assertThat(nonce.orElse("").length()).isLessThanOrEqualTo(1024);
            receipts.forEach(FuzzedHooks::check);
        }
        // The same without a word on who sent it, and at the account's URL.
        Webhook unsigned = new Webhook(call.method(), URL, call.query(), Map.of(), body, Optional.empty());
        if (hook.connection().webhook(unsigned) instanceof WebhookReply.Receipts(List<Receipt> receipts, var _)) {
            assertThat(receipts).as("receipts that nobody signed").isEmpty();
        }
    }

    private static void check(Receipt receipt) {
        assertThat(receipt.at()).isBetween(Instant.EPOCH, LATEST);
        receipt.price().ifPresent(price -> assertThat(price.micros()).isNotNegative());
        if (receipt.subject() instanceof Receipt.Subject.ProviderId(String id)) {
            assertThat(id).isNotBlank();
        }
    }

    private static List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>();
        Secret secret = new Secret(SECRET);
        hooks.add(new Hook(
                open(
                        WhatsAppKind::new,
                        Map.of(
                                "phone_number_id", "106540352242922",
                                "access_token", "a",
                                "template", "carillon_code",
                                "languages", List.of("en"),
                                "app_secret", SECRET)),
                body -> posted(body, Map.of("x-hub-signature-256", "sha256=" + hex(Hmac.SHA256.of(secret, body))))));
        String seconds = Long.toString(NOW.getEpochSecond());
        byte[] key = Signatures.sha256(SECRET.getBytes(UTF_8));
        hooks.add(new Hook(
                open(TelegramKind::new, Map.of("access_token", SECRET)),
                body -> posted(
                        body,
                        Map.of(
                                "x-request-timestamp",
                                seconds,
                                "x-request-signature",
                                hex(Hmac.SHA256.of(key, (seconds + "\n").getBytes(UTF_8), body))))));
        hooks.add(new Hook(
                open(
                        ZaloKind::new,
                        Map.of(
                                "app_id", "4318657068771012646",
                                "app_secret", "s",
                                "oa_secret", SECRET,
                                "refresh_token", "r",
                                "template_id", "203972")),
                FuzzedHooks::zalo));
        hooks.add(new Hook(
                open(InfobipKind::new, Map.of("base_url", "https://x.api.infobip.com", "api_key", "k")),
                FuzzedHooks::sealed));
        hooks.add(new Hook(
                open(SinchKind::new, Map.of("service_plan_id", "plan_1", "api_token", "t0ken-f00d")),
                FuzzedHooks::sealed));
        hooks.add(new Hook(
                open(VonageSmsKind::new, Map.of("api_key", "abcd1234", "api_secret", "s")), FuzzedHooks::queried));
        hooks.add(new Hook(
                open(
                        TwilioKind::new,
                        Map.of(
                                "account_sid", "AC" + "0".repeat(32),
                                "auth_token", SECRET,
                                "messaging_service_sid", "MG" + "0".repeat(32))),
                FuzzedHooks::twilio));
        hooks.add(new Hook(
                open(
                        GenericKind::new,
                        Map.of(
                                "url", "https://sms.example.com/send",
                                "body", "{\"to\":\"{{to}}\",\"text\":\"{{text}}\"}",
                                "receipt",
                                        Map.of(
                                                "list", "/results",
                                                "ref", Map.of("json", "/ref"),
                                                "id", Map.of("json", "/id"),
                                                "status", Map.of("json", "/status"),
                                                "statuses", Map.of("ok", "delivered"),
                                                "time", Map.of("json", "/at"),
                                                "code", Map.of("json", "/code"),
                                                "network", Map.of("json", "/network"),
                                                "signature", Map.of("header", "X-Sign", "secret", SECRET)))),
                body -> posted(body, Map.of("x-sign", hex(Hmac.SHA256.of(secret, body))))));
        return List.copyOf(hooks);
    }

    private static String hex(byte[] bytes) {
        return Signatures.hex(bytes);
    }

    private static Webhook posted(byte[] body, Map<String, String> headers) {
        Map<String, List<String>> all = new TreeMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new Webhook("POST", URL, Map.of(), all, body, Optional.empty());
    }

    /** At an attempt's own URL, which is all that says who calls. */
    private static Webhook sealed(byte[] body) {
        return new Webhook("POST", URL, Map.of(), Map.of(), body, Optional.of(REF));
    }

    private static Webhook queried(byte[] body) {
        Map<String, List<String>> query = FormData.decode(body).orElse(Map.of());
        return new Webhook("GET", URL, query, Map.of(), new byte[0], Optional.of(REF));
    }

    /** The body as far as it goes, with a time at its begin that is not too old. */
    private static Webhook zalo(byte[] input) {
        String timestamp = Long.toString(NOW.toEpochMilli());
        String rest = new String(input, ISO_8859_1);
        String body = "{\"timestamp\":\"" + timestamp + "\"" + (rest.startsWith("{") ? "," + rest.substring(1) : "}");
        byte[] bytes = body.getBytes(ISO_8859_1);
        byte[] signed = ("4318657068771012646" + body + timestamp + SECRET).getBytes(ISO_8859_1);
        return posted(bytes, Map.of("x-zevent-signature", "mac=" + hex(Signatures.sha256(signed))));
    }

    private static Webhook twilio(byte[] body) {
        StringBuilder text = new StringBuilder(URL);
        new TreeMap<>(FormData.decode(body).orElse(Map.of()))
                .forEach((name, values) -> text.append(name).append(values.getFirst()));
        return posted(
                body,
                Map.of(
                        "x-twilio-signature",
                        Signatures.base64(Hmac.SHA1.of(new Secret(SECRET), text.toString())),
                        "content-type",
                        FormData.CONTENT_TYPE));
    }

    private static Connection open(
            Function<Function<ConnectionSettings, HttpCalls>, ConnectionKind> kinds, Map<String, Object> options) {
        ConnectionKind kind = kinds.apply(_ -> call -> {
            throw new AssertionError("a webhook calls nobody");
        });
        ConnectionSettings settings = new ConnectionSettings(
                "x",
                kind.name(),
                kind.channels(),
                Countries.ALL,
                Optional.of("Acme"),
                Map.of(),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                new Options(options, _ -> Optional.empty()));
        return kind.open(settings, new Context());
    }

    private record Context() implements ConnectionContext {
        @Override
        public ReceiptListener receipts() {
            return (connection, receipt) -> {};
        }

        @Override
        public Optional<URI> callback(String connection, AttemptRef ref) {
            return Optional.empty();
        }

        @Override
        public TokenStore tokens() {
            return new NoTokens();
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(NOW);
        }
    }
}
