// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.plivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Signatures;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the operator said of an account; knows how it asks for a message. */
record PlivoAccount(
        BaseUrl baseUrl,
        String authId,
        Secret authToken,
        Optional<String> powerpack,
        String dltCategory,
        boolean keepsContent,
        String currency) {

    /** The range of {@code message_expiry}, in seconds. */
    private static final long LEAST_EXPIRY = 5;

    private static final long MOST_EXPIRY = 10_800;

    /** @param callback where receipts go */
    HttpCall request(Message message, Optional<URI> callback, Instant now) {
        ObjectNode body = JsonTree.object();
        powerpack.ifPresentOrElse(uuid -> body.put("powerpack_uuid", uuid), () -> body.put("src", message.senderId()));
        body.put("dst", message.to());
        body.put("text", message.text());
        body.put("type", "sms");
        body.put("log", keepsContent ? "true" : "false");
        body.put("message_expiry", Math.clamp(message.timeToLive(now).toSeconds(), LEAST_EXPIRY, MOST_EXPIRY));
        callback.ifPresent(url -> body.put("url", url.toString()).put("method", "POST"));
        Map<String, String> ids = message.templateIds();
        if (ids.containsKey(TemplateIds.DLT_ENTITY) && ids.containsKey(TemplateIds.DLT_TEMPLATE)) {
            body.put("dlt_entity_id", ids.get(TemplateIds.DLT_ENTITY));
            body.put("dlt_template_id", ids.get(TemplateIds.DLT_TEMPLATE));
            body.put("dlt_template_category", dltCategory);
        }
        return HttpCall.post(
                        baseUrl.at("/v1/Account/" + authId + "/Message/"), "application/json", JsonTree.write(body))
                .with("Authorization", Signatures.basic(authId, authToken));
    }
}
