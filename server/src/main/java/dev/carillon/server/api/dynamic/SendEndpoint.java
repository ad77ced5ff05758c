// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.RetryReply;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.api.dynamic.Door.Visit;
import dev.carillon.server.api.dynamic.RateLimits.Purpose;
import dev.carillon.server.captcha.Captchas;
import dev.carillon.server.captcha.Verdict;
import dev.carillon.server.verify.CreateRequest;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.VerificationService;
import java.util.Optional;
import java.util.UUID;

/** {@code create} and {@code retry}: ask for a code to be sent, and answer with the four fields. */
record SendEndpoint(
        boolean isRetry, Door door, Captchas captchas, VerificationService verifications, DynamicErrors errors)
        implements Endpoint {

    @Override
    public Answer answer(ApiRequest request) {
        Visit visit = door.enter(request, Purpose.SEND);
        verifications.admit(visit.account());
        JsonBody body = JsonBody.parse(request.body());
        Optional<UUID> again = isRetry ? Optional.of(Patterns.verification(body)) : Optional.empty();
        Optional<String> captchaToken = body.string("captchaToken");
        PhoneFields phone =
                PhoneFields.of(body, visit.environment().sandboxCode().isPresent());
        if (!visit.environment().enabled()) {
            throw DynamicErrors.refuse(ErrorCode.NO_ENABLED_SMS_PROVIDER);
        }
        captcha(visit, captchaToken);
        UUID verification = again.isPresent() ? retry(visit, again.get(), phone) : create(visit, phone);
        byte[] answer = Json.object(json -> {
            json.writeStringField("verificationUUID", verification.toString());
            phone.write(json);
        });
        return Answer.json(201, isRetry ? "sent_again" : "sent", answer);
    }

    /** The official client leaves the token out of a retry; what is there is checked. */
    private void captcha(Visit visit, Optional<String> token) {
        if (visit.environment().captcha().isEmpty() || (isRetry && token.isEmpty())) {
            return;
        }
        String given = token.orElseThrow(() -> DynamicErrors.captcha("captchaToken is required"));
        Verdict verdict = captchas.check(
                visit.environment(),
                visit.environment().captcha().get(),
                given,
                visit.client().getHostAddress());
        switch (verdict) {
            case Verdict.Passed(String _) -> {}
            case Verdict.Refused(String reason) -> throw DynamicErrors.captcha(reason);
            case Verdict.Unknown() -> throw DynamicErrors.captchaUnknown();
        }
    }

    private UUID create(Visit visit, PhoneFields phone) {
        var account = visit.account(phone.number());
        if (verifications.objection(account, phone.number()).isPresent()) {
            throw DynamicErrors.refuse(ErrorCode.INVALID_PHONE);
        }
        CreateRequest create = new CreateRequest(
                phone.number(),
                Signals.ofIp(visit.client().getHostAddress()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(visit.environment().id().toString()),
                Optional.empty(),
                Optional.empty());
        return switch (verifications.create(account, create)) {
            case CreateReply.Answered answered when answered.refusal().isEmpty() -> answered.verification();
            case CreateReply.Answered answered -> throw errors.tooMany(answered.refusal());
            // Not the user's affair: nothing can be sent just now.
            case CreateReply.NotPaid _ -> throw DynamicErrors.refuse(ErrorCode.NO_ENABLED_SMS_PROVIDER);
            case CreateReply.KeyReused() -> throw new IllegalStateException("no key was given");
        };
    }

    private UUID retry(Visit visit, UUID verification, PhoneFields phone) {
        var account = visit.account(phone.number());
        boolean same = verifications
                .story(account, verification)
                .filter(story -> story.number().equals(phone.number().value()))
                .isPresent();
        if (!same) {
            throw DynamicErrors.refuse(ErrorCode.INVALID_SMS_VERIFICATION);
        }
        return switch (verifications.retry(account, verification)) {
            case RetryReply.Answered answered ->
                switch (answered.result()) {
                    case APPROVED -> verification;
                    case DENIED, RATE_LIMITED -> throw errors.tooMany(answered.refusal());
                    case NO_ATTEMPT, EXPIRED, ALREADY_VALIDATED ->
                        throw DynamicErrors.refuse(ErrorCode.INVALID_SMS_VERIFICATION);
                };
            case RetryReply.NotPaid _ -> throw DynamicErrors.refuse(ErrorCode.NO_ENABLED_SMS_PROVIDER);
            case RetryReply.Unknown() -> throw DynamicErrors.refuse(ErrorCode.INVALID_SMS_VERIFICATION);
        };
    }
}
