// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The headers that prove who sent a request: those of Standard Webhooks 1.0 (HMAC-SHA256 over {@code id.timestamp.body}, a signature by
 * each live secret), and {@code X-Webhook-Signature} over the body alone for receivers that cannot do better.
 */
final class Signature {
    private Signature() {}

    /**
     * Signs.
     *
     * @param secrets the newest first
     * @param id the same whenever the same event is sent
     * @param at when it is sent this time; receivers refuse what is too old
     */
    static Map<String, String> headers(List<SigningSecret> secrets, UUID id, Instant at, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        byte[] prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id.toString());
        headers.put("webhook-timestamp", timestamp);
        headers.put(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.hmac(prefix, body)))
                        .collect(Collectors.joining(" ")));
        headers.put(
                "X-Webhook-Signature",
                "sha256=" + HexFormat.of().formatHex(secrets.getFirst().hmac(body)));
        return headers;
    }
}
