// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ReceiptDetails;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes what SNS posts for one topic, and confirms that topic's subscription. Thread-safe. */
final class SnsInbox {
    /**
     * The time that is signed is that of publishing, and SNS keeps trying for an hour to hand a message over; AWS advises to refuse
     * what is older.
     */
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final SnsTopic topic;
    private final HttpCalls calls;
    private final SnsCertificates certificates;

    SnsInbox(SnsTopic topic, HttpCalls calls) {
        this.topic = topic;
        this.calls = calls;
        this.certificates = new SnsCertificates(topic, calls);
    }

    /**
     * Reads a call.
     *
     * @throws IllegalStateException when SNS's certificate, or its confirmation page, could not be fetched: SNS gives up on a message that
     *     is answered with 4xx, and comes again after a 5xx
     */
    WebhookReply read(Webhook call, Instant now) {
        SnsMessage message = new SnsMessage(JsonTree.read(call.body()));
        Optional<String> doubt = doubt(message, now);
        if (doubt.isPresent()) {
            return new WebhookReply.Forged(doubt.get());
        }
        return switch (message.type()) {
            case SnsMessage.NOTIFICATION ->
                AwsReceipts.of(call, message.event(), now)
                        .<WebhookReply>map(receipts -> new WebhookReply.Receipts(receipts, message.field("MessageId")))
                        .orElseGet(() -> new WebhookReply.Unreadable("not an event"));
            case SnsMessage.SUBSCRIPTION -> confirm(message);
            default -> new WebhookReply.Receipts(List.of());
        };
    }

    /** Why a message is not this topic's; what costs nothing to look at comes first. */
    private Optional<String> doubt(SnsMessage message, Instant now) {
        if (message.field("TopicArn").filter(topic.arn()::equals).isEmpty()) {
            return Optional.of("another topic");
        }
        if (message.field("Timestamp")
                .flatMap(ReceiptDetails::time)
                .filter(at -> isInTime(at, now))
                .isEmpty()) {
            return Optional.of("replayed: published more than an hour ago, or in the future");
        }
        return message.field("SigningCertURL")
                        .flatMap(certificates::at)
                        .filter(certificate -> message.isSignedBy(certificate, now))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("no signature, another, or a certificate that is not of SNS");
    }

    private static boolean isInTime(Instant published, Instant now) {
        Duration age = Duration.between(published, now);
        return age.compareTo(MAX_AGE) <= 0 && age.compareTo(MAX_AHEAD.negated()) >= 0;
    }

    private WebhookReply confirm(SnsMessage message) {
        Optional<URI> url = message.field("SubscribeURL").flatMap(topic::ownUrl);
        if (url.isEmpty()) {
            return new WebhookReply.Unreadable("the URL to confirm at is not of SNS");
        }
        try {
            HttpReply reply = calls.send(HttpCall.get(url.get()));
            if (reply.isSuccess()) {
                return new WebhookReply.Receipts(List.of());
            }
            throw new IllegalStateException("the subscription could not be confirmed: " + reply);
        } catch (CallFailedException e) {
            throw new IllegalStateException("the subscription could not be confirmed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
