// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final SigningSecret NEW = new SigningSecret("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    private static final SigningSecret OLD = new SigningSecret("fedcba9876543210fedcba9876543210".getBytes(UTF_8));
    private static final byte[] BODY = "{\"type\":\"attempt\"}".getBytes(UTF_8);

    private static Map<String, String> headers(SigningSecret... secrets) {
        return Signature.headers(List.of(secrets), ID, Instant.ofEpochSecond(1_700_000_000), BODY);
    }

    @Test
    void theIdAndTheTimeAreSignedWithTheBody() {
        String signed = ID + ".1700000000.{\"type\":\"attempt\"}";
        assertThat(headers(NEW))
                .containsEntry("webhook-id", ID.toString())
                .containsEntry("webhook-timestamp", "1700000000")
                .containsEntry(
                        "webhook-signature",
                        "v1," + Base64.getEncoder().encodeToString(NEW.hmac(signed.getBytes(UTF_8))));
    }

    @Test
    void bothLiveSecretsSign() {
        assertThat(headers(NEW, OLD).get("webhook-signature"))
                .isEqualTo(headers(NEW).get("webhook-signature") + " "
                        + headers(OLD).get("webhook-signature"));
        assertThat(headers(NEW, OLD))
                .containsEntry("X-Webhook-Signature", headers(NEW).get("X-Webhook-Signature"));
    }

    /** Computed with another program. */
    @Test
    void theHashIsHmacSha256() {
        assertThat(headers(NEW))
                .containsEntry(
                        "X-Webhook-Signature",
                        "sha256=78238c9ddb53191d538b26a1173d27564ba22bb1b0f1a35d7ab0921d3391b2d5")
                .containsEntry("webhook-signature", "v1,MZ61/lN5s4joe6PCeTcaQt2UnSSQY5umy9Fi1SWrV9w=");
    }

    @Test
    void aSecretIsShownOnlyWhenAskedFor() {
        assertThat(NEW).hasToString("SigningSecret[…]");
        assertThat(NEW.text()).isEqualTo("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    }
}
