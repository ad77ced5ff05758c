// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.JsonBody;
import dev.carillon.server.api.dynamic.Door.Visit;
import dev.carillon.server.api.dynamic.RateLimits.Purpose;
import dev.carillon.server.user.Tokens;
import dev.carillon.server.user.User;
import dev.carillon.server.user.Users;
import dev.carillon.server.user.Users.Attached;
import dev.carillon.server.user.Users.SignedIn;
import dev.carillon.server.verify.Story;
import dev.carillon.server.verify.VerificationService;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code signin} and {@code verify}: try a code. The first signs in whose number it is; the second, for who is signed in, makes the number
 * theirs. A captcha's token is not looked at: the client that sends one sends that of its create again, which is used up.
 */
record CheckEndpoint(boolean isSignIn, Door door, VerificationService verifications, Users users, Tokens tokens)
        implements Endpoint {

    @Override
    public Answer answer(ApiRequest request) {
        Visit visit = door.enter(request, Purpose.CHECK);
        Optional<UUID> bearer = isSignIn ? Optional.empty() : Optional.of(door.user(visit));
        JsonBody body = JsonBody.parse(request.body());
        UUID verification = Patterns.verification(body);
        String token = Patterns.required(body, "verificationToken", Patterns::isToken);
        Optional<String> sessionKey = Patterns.optional(body, "sessionPublicKey", Patterns::isNonEmpty);
        Optional<String> _ = body.string("captchaToken");
        if (bearer.isPresent()
                && users.find(visit.environment().id(), bearer.get()).isEmpty()) {
            throw DynamicErrors.unauthorized("Invalid jwt provided!"); // of a user who was erased
        }
        PhoneNumber number = prove(visit, verification, token);
        SignedIn signedIn = bearer.map(user -> new SignedIn(attach(visit, user, number), false))
                .orElseGet(() -> users.signIn(visit.environment().id(), number));
        return answer(visit, signedIn, sessionKey);
    }

    /** The number that the code proves. */
    private PhoneNumber prove(Visit visit, UUID verification, String token) {
        Story story = verifications
                .story(visit.account(), verification)
                .filter(found ->
                        visit.environment().sandboxCode().isPresent() || !PhoneFields.isSandbox(found.number()))
                .orElseThrow(() -> DynamicErrors.refuse(ErrorCode.INVALID_SMS_VERIFICATION));
        @Nullable
        ErrorCode refusal =
                switch (verifications.check(visit.account(), verification, token)) {
                    case CheckReply.Answered answered ->
                        switch (answered.result()) {
                            case VALID -> null;
                            case INVALID -> ErrorCode.WRONG_SMS_VERIFICATION_TOKEN;
                            case RATE_LIMITED -> ErrorCode.TOO_MANY_SMS_VERIFICATION_ATTEMPTS;
                            case WITHOUT_ATTEMPT, ALREADY_VALIDATED, EXPIRED -> ErrorCode.INVALID_SMS_VERIFICATION;
                        };
                    case CheckReply.Unknown() -> ErrorCode.INVALID_SMS_VERIFICATION;
                };
        if (refusal != null) {
            throw DynamicErrors.refuse(refusal);
        }
        return NumberingPlan.parse(story.number()) instanceof ParseResult.Valid(PhoneNumber number)
                ? number
                : new PhoneNumber(story.number(), "US", LineType.MOBILE);
    }

    private User attach(Visit visit, UUID user, PhoneNumber number) {
        return switch (users.attach(visit.environment().id(), user, number)) {
            case Attached.Done(User done) -> done;
            case Attached.Taken() -> throw DynamicErrors.refuse(ErrorCode.USER_HAS_ALREADY_ACCOUNT_WITH_PHONE_NUMBER);
            case Attached.NoUser() -> throw DynamicErrors.unauthorized("Invalid jwt provided!");
        };
    }

    private Answer answer(Visit visit, SignedIn signedIn, Optional<String> sessionKey) {
        Tokens.Session session = new Tokens.Session(
                signedIn.user(),
                UUID.randomUUID(),
                signedIn.isNew(),
                UserAnswer.credentials(signedIn.user()),
                sessionKey,
                Cors.allowed(visit.request(), visit.environment()));
        Tokens.Issued issued = tokens.issue(visit.environment(), session);
        byte[] body = UserAnswer.write(session, issued, isSignIn ? Optional.empty() : Optional.of("done"));
        return Answer.json(200, isSignIn ? "signed_in" : "verified", body);
    }
}
