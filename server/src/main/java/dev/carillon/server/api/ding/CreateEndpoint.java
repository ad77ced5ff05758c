// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Forms;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.api.WireTime;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.CreateRequest;
import dev.carillon.server.verify.Objection;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.VerificationService;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code POST /authentication}: asks for a code to be sent. */
record CreateEndpoint(Door door, VerificationService verifications, CreateRules rules, DingErrors errors, Clock clock)
        implements Endpoint {
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    static final int MAX_IDEMPOTENCY_KEY = 255;

    @Override
    public Answer answer(ApiRequest request) {
        AccountView caller = door.caller(request);
        verifications.admit(caller);
        CreateFields fields = CreateFields.of(JsonBody.parse(request.body()));
        Optional<String> idempotencyKey = idempotencyKey(request.header(IDEMPOTENCY_KEY));
        door.admit(caller, fields.customerUuid());
        CreateRequest create = read(caller, fields, idempotencyKey);
        verifications.objection(caller, create.number()).ifPresent(this::object);
        return answer(verifications.create(caller, create));
    }

    private Optional<String> idempotencyKey(List<String> given) {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1 || !Forms.isVisibleAscii(given.getFirst(), MAX_IDEMPOTENCY_KEY)) {
            throw errors.refuse(
                    ErrorCode.BAD_REQUEST,
                    "the header Idempotency-Key must be 1 to " + MAX_IDEMPOTENCY_KEY + " visible ASCII characters");
        }
        return Optional.of(given.getFirst());
    }

    private CreateRequest read(AccountView caller, CreateFields fields, Optional<String> idempotencyKey) {
        PhoneNumber number = door.phoneNumber(fields.phoneNumber()
                .orElseThrow(() -> errors.refuse(ErrorCode.INVALID_PHONE_NUMBER, "phone_number is required")));
        Signals signals = rules.signals(fields);
        rules.message(fields, caller, number);
        return new CreateRequest(
                number,
                signals,
                fields.senderId(),
                fields.templateId(),
                fields.callbackUrl(),
                fields.correlationId(),
                fields.locale(),
                idempotencyKey);
    }

    private void object(Objection objection) {
        throw switch (objection) {
            case BLOCKED_NUMBER -> errors.refuse(ErrorCode.BLOCKED_NUMBER, "phone_number is on the block-list");
            case INVALID_LINE ->
                errors.refuse(ErrorCode.INVALID_LINE, "phone_number is of a kind of line that cannot get a code");
            case UNSUPPORTED_REGION ->
                errors.refuse(
                        ErrorCode.UNSUPPORTED_REGION, "phone_number is in a region that the account does not send to");
        };
    }

    private Answer answer(CreateReply reply) {
        return switch (reply) {
            case CreateReply.Answered answered -> answer(answered);
            case CreateReply.NotPaid(var why) -> throw door.notPaid(why);
            case CreateReply.KeyReused() ->
                throw errors.refuse(
                        ErrorCode.BAD_REQUEST, "the header Idempotency-Key was used before, with another request");
        };
    }

    private Answer answer(CreateReply.Answered reply) {
        String status = reply.refusal().map(Names::created).orElse("pending");
        byte[] body = Json.object(json -> {
            json.writeStringField("authentication_uuid", reply.verification().toString());
            json.writeStringField("status", status);
            json.writeStringField("created_at", WireTime.of(reply.createdAt()));
            if (reply.expiresAt().isPresent()) {
                json.writeStringField(
                        "expires_at", WireTime.of(reply.expiresAt().get()));
            }
        });
        return Reasons.on(Answer.json(200, status, body), reply.refusal(), clock.instant());
    }
}
