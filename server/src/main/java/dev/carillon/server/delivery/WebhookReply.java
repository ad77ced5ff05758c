// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import java.util.List;
import java.util.Optional;

/** What a connection makes of a webhook call. */
public sealed interface WebhookReply {
    /**
     * It is genuine; the receipts are passed on, then the provider gets a 200. May be none.
     *
     * @param nonce what makes the call's signature one of a kind, where it holds such a thing: a call whose receipts were kept is
     *     not taken again under it, while one whose receipts could not be kept may be repeated
     */
    record Receipts(List<Receipt> receipts, Optional<String> nonce) implements WebhookReply {
        public Receipts {
            receipts = List.copyOf(receipts);
        }

        public Receipts(List<Receipt> receipts) {
            this(receipts, Optional.empty());
        }
    }

    /** It is genuine and wants this text back: a provider that checks that the webhook is ours. */
    record Echo(String contentType, String body) implements WebhookReply {}

    /** It is not the provider's, or it is an old one again: 403, and nothing is changed. */
    record Forged(String why) implements WebhookReply {}

    /** It is the provider's and cannot be read: 400. */
    record Unreadable(String why) implements WebhookReply {}
}
