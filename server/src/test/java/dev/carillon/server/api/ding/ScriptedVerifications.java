// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.FeedbackReply;
import dev.carillon.core.verification.RetryReply;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.verify.CreateRequest;
import dev.carillon.server.verify.Objection;
import dev.carillon.server.verify.Story;
import dev.carillon.server.verify.VerificationService;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Answers what a test told it to, and keeps what it was asked. */
final class ScriptedVerifications implements VerificationService {
    volatile boolean overloaded;
    volatile Optional<Objection> objection = Optional.empty();
    volatile Supplier<CreateReply> create = CreateReply.KeyReused::new;
    volatile Supplier<CheckReply> check = CheckReply.Unknown::new;
    volatile Supplier<RetryReply> retry = RetryReply.Unknown::new;
    volatile Supplier<FeedbackReply> feedback = FeedbackReply.NoVerification::new;
    volatile Supplier<Optional<Story>> story = Optional::empty;

    final List<CreateRequest> created = new CopyOnWriteArrayList<>();
    final List<String> checked = new CopyOnWriteArrayList<>();
    final List<UUID> named = new CopyOnWriteArrayList<>();
    final List<Boolean> onboarded = new CopyOnWriteArrayList<>();

    @Override
    public boolean isBusy() {
        return overloaded;
    }

    @Override
    public void admit(AccountView account) {
        if (overloaded) {
            throw new OverloadedException();
        }
    }

    @Override
    public Optional<Objection> objection(AccountView account, PhoneNumber number) {
        return objection;
    }

    @Override
    public CreateReply create(AccountView account, CreateRequest request) {
        created.add(request);
        return create.get();
    }

    @Override
    public CheckReply check(AccountView account, UUID verification, String typed) {
        named.add(verification);
        checked.add(typed);
        return check.get();
    }

    @Override
    public RetryReply retry(AccountView account, UUID verification) {
        named.add(verification);
        return retry.get();
    }

    @Override
    public FeedbackReply feedback(AccountView account, PhoneNumber number, boolean said) {
        onboarded.add(said);
        return feedback.get();
    }

    @Override
    public Optional<Story> story(AccountView account, UUID verification) {
        named.add(verification);
        return story.get();
    }
}
