// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.FeedbackReply;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.VerificationService;
import java.util.Optional;

/** {@code POST /authentication/feedback}: says whether a real user came of the number's latest verification. */
record FeedbackEndpoint(Door door, VerificationService verifications, DingErrors errors) implements Endpoint {

    @Override
    public Answer answer(ApiRequest request) {
        AccountView caller = door.caller(request);
        JsonBody body = JsonBody.parse(request.body());
        Optional<String> customer = body.string("customer_uuid");
        Optional<String> phone = body.string("phone_number");
        Optional<String> status = body.string("status");
        door.admit(caller, customer);
        String text =
                phone.orElseThrow(() -> errors.refuse(ErrorCode.INVALID_PHONE_NUMBER, "phone_number is required"));
        String word = status.orElseThrow(() -> errors.refuse(ErrorCode.INVALID_FEEDBACK_STATUS, "status is required"));
        PhoneNumber number = door.phoneNumber(text);
        return answer(verifications.feedback(caller, number, onboarded(word)));
    }

    private boolean onboarded(String status) {
        return switch (status) {
            case "onboarded" -> true;
            case "not_onboarded" -> false;
            default ->
                throw errors.refuse(ErrorCode.INVALID_FEEDBACK_STATUS, "status must be onboarded or not_onboarded");
        };
    }

    private Answer answer(FeedbackReply reply) {
        return switch (reply) {
            case FeedbackReply.Recorded(var id) ->
                Answer.json(200, "recorded", Json.object(json -> json.writeStringField("uuid", id.toString())));
            case FeedbackReply.Duplicated() ->
                throw errors.refuse(
                        ErrorCode.DUPLICATED_FEEDBACK_STATUS,
                        "this was said of the number's latest authentication before");
            case FeedbackReply.NoVerification() ->
                throw errors.refuse(
                        ErrorCode.NO_ASSOCIATED_AUTH_FOUND, "phone_number had no authentication in the last 30 days");
        };
    }
}
