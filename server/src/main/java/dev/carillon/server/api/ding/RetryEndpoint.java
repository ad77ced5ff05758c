// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.verification.RetryReply;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.api.WireTime;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.VerificationService;
import java.time.Clock;
import java.util.Optional;

/** {@code POST /retry}: asks for another message. All five fields are in every answer (ding-node requires them). */
record RetryEndpoint(Door door, VerificationService verifications, DingErrors errors, Clock clock) implements Endpoint {

    @Override
    public Answer answer(ApiRequest request) {
        AccountView caller = door.caller(request);
        verifications.admit(caller);
        JsonBody body = JsonBody.parse(request.body());
        Optional<String> customer = body.string("customer_uuid");
        Optional<String> verification = body.string("authentication_uuid");
        door.admit(caller, customer);
        String id = verification.orElseThrow(
                () -> errors.refuse(ErrorCode.INVALID_AUTH_UUID, "authentication_uuid is required"));
        return switch (verifications.retry(caller, door.verification(id))) {
            case RetryReply.Answered answered -> answer(answered);
            case RetryReply.NotPaid(var why) -> throw door.notPaid(why);
            case RetryReply.Unknown() -> throw door.unknownVerification();
        };
    }

    private Answer answer(RetryReply.Answered reply) {
        String status = Names.of(reply.result());
        byte[] body = Json.object(json -> {
            json.writeStringField("authentication_uuid", reply.verification().toString());
            json.writeStringField("status", status);
            json.writeStringField("created_at", WireTime.of(reply.createdAt()));
            json.writeStringField("next_retry_at", WireTime.of(reply.nextRetryAt()));
            json.writeNumberField("remaining_retry", reply.remaining());
        });
        return Reasons.on(Answer.json(200, status, body), reply.refusal(), clock.instant());
    }
}
