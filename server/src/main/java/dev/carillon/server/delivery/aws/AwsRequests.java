// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.JsonTree;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Messages as AWS wants them: the operation SendTextMessage, JSON 1.0. */
record AwsRequests(
        URI url,
        SigV4 signer,
        Optional<String> configurationSet,
        Optional<String> protectConfiguration,
        Optional<BigDecimal> maxPrice) {

    /** What our reference is called in the context that comes back with events. */
    static final String ATTEMPT = "attempt";

    /** The range of TimeToLive, in seconds. */
    private static final long LEAST_TTL = 5;

    private static final long MOST_TTL = 259_200;

    HttpCall request(Message message, Instant now) {
        ObjectNode body = JsonTree.object();
        body.put("DestinationPhoneNumber", message.to());
        body.put("OriginationIdentity", message.senderId());
        body.put("MessageBody", message.text());
        body.put("MessageType", "TRANSACTIONAL");
        body.put("TimeToLive", Math.clamp(message.timeToLive(now).toSeconds(), LEAST_TTL, MOST_TTL));
        body.putObject("Context").put(ATTEMPT, message.ref().encoded());
        configurationSet.ifPresent(name -> body.put("ConfigurationSetName", name));
        protectConfiguration.ifPresent(id -> body.put("ProtectConfigurationId", id));
        maxPrice.ifPresent(price -> body.put("MaxPrice", price.toPlainString()));
        Map<String, String> ids = message.templateIds();
        if (ids.containsKey(TemplateIds.DLT_ENTITY) && ids.containsKey(TemplateIds.DLT_TEMPLATE)) {
            body.putObject("DestinationCountryParameters")
                    .put("IN_ENTITY_ID", ids.get(TemplateIds.DLT_ENTITY))
                    .put("IN_TEMPLATE_ID", ids.get(TemplateIds.DLT_TEMPLATE));
        }
        HttpCall call = HttpCall.post(url, "application/x-amz-json-1.0", JsonTree.write(body))
                .with("X-Amz-Target", "PinpointSMSVoiceV2.SendTextMessage");
        return signer.sign(call, now);
    }
}
