// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.FeedbackReply;
import dev.carillon.core.verification.RetryReply;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.CreateRequest;
import dev.carillon.server.verify.Objection;
import dev.carillon.server.verify.Story;
import dev.carillon.server.verify.Verifications;
import java.util.Optional;
import java.util.UUID;

/** {@link Verifications} as a contract needs it, so that a test of the wire can script the replies. */
public interface VerificationPort {
    Optional<Objection> objection(AccountView account, PhoneNumber number);

    CreateReply create(AccountView account, CreateRequest request);

    CheckReply check(AccountView account, UUID verification, String typed);

    RetryReply retry(AccountView account, UUID verification);

    FeedbackReply feedback(AccountView account, PhoneNumber number, boolean onboarded);

    Optional<Story> story(AccountView account, UUID verification);

    /** The real thing. */
    static VerificationPort of(Verifications verifications) {
        return new VerificationPort() {
            @Override
            public Optional<Objection> objection(AccountView account, PhoneNumber number) {
                return verifications.objection(account, number);
            }

            @Override
            public CreateReply create(AccountView account, CreateRequest request) {
                return verifications.create(account, request);
            }

            @Override
            public CheckReply check(AccountView account, UUID verification, String typed) {
                return verifications.check(account, verification, typed);
            }

            @Override
            public RetryReply retry(AccountView account, UUID verification) {
                return verifications.retry(account, verification);
            }

            @Override
            public FeedbackReply feedback(AccountView account, PhoneNumber number, boolean onboarded) {
                return verifications.feedback(account, number, onboarded);
            }

            @Override
            public Optional<Story> story(AccountView account, UUID verification) {
                return verifications.story(account, verification);
            }
        };
    }
}
