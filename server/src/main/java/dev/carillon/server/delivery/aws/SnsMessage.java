// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.http.JsonTree;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * What SNS posts. It signs not the bytes but some fields by name. Source: Amazon SNS Developer Guide, "Verifying the signatures of Amazon
 * SNS messages".
 */
record SnsMessage(JsonNode fields) {
    static final String NOTIFICATION = "Notification";
    static final String SUBSCRIPTION = "SubscriptionConfirmation";

    private static final List<String> SIGNED_OF_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SIGNED_OF_OTHERS =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    /** A field that is a text. */
    Optional<String> field(String name) {
        JsonNode value = fields.path(name);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    String type() {
        return field("Type").orElse("");
    }

    /** What a notification carries. */
    JsonNode event() {
        return JsonTree.read(field("Message").orElse(""));
    }

    boolean isSignedBy(X509Certificate certificate, Instant now) {
        Optional<String> algorithm = field("SignatureVersion").flatMap(SnsMessage::algorithm);
        Optional<String> signature = field("Signature");
        if (algorithm.isEmpty() || signature.isEmpty()) {
            return false;
        }
        try {
            certificate.checkValidity(Date.from(now));
            Signature verifier = Signature.getInstance(algorithm.get());
            verifier.initVerify(certificate);
            verifier.update(signed().getBytes(UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature.get()));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }

    private String signed() {
        StringBuilder text = new StringBuilder();
        for (String name : type().equals(NOTIFICATION) ? SIGNED_OF_NOTIFICATION : SIGNED_OF_OTHERS) {
            field(name)
                    .ifPresent(value ->
                            text.append(name).append('\n').append(value).append('\n'));
        }
        return text.toString();
    }

    private static Optional<String> algorithm(String version) {
        return switch (version) {
            case "1" -> Optional.of("SHA1withRSA");
            case "2" -> Optional.of("SHA256withRSA");
            default -> Optional.empty();
        };
    }
}
