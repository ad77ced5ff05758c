// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.verification.CheckReply;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.VerificationService;
import java.util.Optional;

/**
 * {@code POST /check}: tries a code. Any string is a code that can be tried: one that no code can look like is {@code invalid}, not
 * an error.
 */
record CheckEndpoint(Door door, VerificationService verifications, DingErrors errors) implements Endpoint {

    @Override
    public Answer answer(ApiRequest request) {
        AccountView caller = door.caller(request);
        JsonBody body = JsonBody.parse(request.body());
        Optional<String> customer = body.string("customer_uuid");
        Optional<String> verification = body.string("authentication_uuid");
        Optional<String> code = body.string("check_code");
        door.admit(caller, customer);
        String id = verification.orElseThrow(
                () -> errors.refuse(ErrorCode.INVALID_AUTH_UUID, "authentication_uuid is required"));
        String typed = code.orElseThrow(() -> errors.refuse(ErrorCode.BAD_REQUEST, "check_code is required"));
        return switch (verifications.check(caller, door.verification(id), typed)) {
            case CheckReply.Answered answered -> answer(answered);
            case CheckReply.Unknown() -> throw door.unknownVerification();
        };
    }

    private static Answer answer(CheckReply.Answered reply) {
        String status = Names.of(reply.result());
        byte[] body = Json.object(json -> {
            json.writeStringField("authentication_uuid", reply.verification().toString());
            json.writeStringField("status", status);
        });
        return Answer.json(200, status, body);
    }
}
