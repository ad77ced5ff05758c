// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.CheckCode;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.CodeVault;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.CreateVerification;
import dev.carillon.core.verification.FeedbackReply;
import dev.carillon.core.verification.GiveFeedback;
import dev.carillon.core.verification.RetryReply;
import dev.carillon.core.verification.RetryVerification;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.secret.Keyring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Verifications, as every wire contract sees them: makes commands of what was asked and has the ledger decide them. Each method
 * answers when what it did is durable.
 */
public final class Verifications implements VerificationService {
    private final Ledger ledger;
    private final Keyring keyring;
    private final CodeVault vault;
    private final Attempts attempts;
    private final Ids ids;
    private final KeyedHashes hashes;
    private final Stories stories;

    public Verifications(Ledger ledger, Keyring keyring, CodeVault vault, Attempts attempts, Ids ids, Stories stories) {
        this.ledger = ledger;
        this.keyring = keyring;
        this.vault = vault;
        this.attempts = attempts;
        this.ids = ids;
        this.hashes = new KeyedHashes(keyring);
        this.stories = stories;
    }

    @Override
    public boolean isBusy() {
        return ledger.isBusy();
    }

    @Override
    public void admit(AccountView account) {
        ledger.admit(account.account().id());
    }

    @Override
    public Optional<Objection> objection(AccountView account, PhoneNumber number) {
        String region = number.regionCode();
        if (account.testNumber(number.value()).isPresent()) {
            return Optional.empty();
        }
        if (account.isBlocked(number.value())) {
            return Optional.of(Objection.BLOCKED_NUMBER);
        }
        if (!attempts.suits(account.account().policy(), number)) {
            return Optional.of(Objection.INVALID_LINE);
        }
        if (!account.account().policy().countries().contains(region == null ? "" : region)) {
            return Optional.of(Objection.UNSUPPORTED_REGION);
        }
        // Better said now than after an attempt that no connection could take.
        if (!attempts.serves(account.account().policy(), number)) {
            return Optional.of(Objection.UNSUPPORTED_REGION);
        }
        return Optional.empty();
    }

    @Override
    public CreateReply create(AccountView view, CreateRequest request) {
        UUID account = view.account().id();
        Policy policy = view.account().policy();
        UUID id = ids.next();
        Subject subject = subject(view, request);
        return ledger.execute(new CreateVerification(
                account,
                policy,
                id,
                request.idempotencyKey().map(key -> hashes.replay(account, key)),
                hashes.fingerprint(request),
                hashes.number(account, request.number().value()),
                hashes.block(account, request.number()),
                hashes.blockMember(account, request.number()),
                limits(account, policy, request),
                request.signals().returningUser().orElse(false),
                view.testNumber(request.number().value()),
                subject.seal(keyring, id),
                audiences(view, subject),
                terms(view, request.number()),
                attempts.of(view, subject)));
    }

    @Override
    public CheckReply check(AccountView view, UUID verification, String typed) {
        return ledger.execute(new CheckCode(
                view.account().id(), view.account().policy(), verification, ids.next(), Code.typed(typed), vault));
    }

    @Override
    public RetryReply retry(AccountView view, UUID verification) {
        UUID account = view.account().id();
        Policy policy = view.account().policy();
        return ledger.execute(
                new RetryVerification(account, policy, verification, hashes.messageLimits(account), attempts.of(view)));
    }

    @Override
    public FeedbackReply feedback(AccountView view, PhoneNumber number, boolean onboarded) {
        UUID account = view.account().id();
        Limits limits = view.account().policy().limits();
        return ledger.execute(new GiveFeedback(
                account,
                hashes.number(account, number.value()),
                ids.next(),
                onboarded,
                verification -> conversions(account, limits, verification)));
    }

    private Set<UUID> conversions(UUID account, Limits limits, Verification verification) {
        // Another account's cannot be found under this account's number; should it be, its subject is not for these
        // keys.
        if (!verification.account().equals(account)) {
            return Set.of();
        }
        Subject subject = Subject.open(verification.subject(), keyring, verification.id());
        return Set.copyOf(hashes.feedback(account, limits, subject.number(), subject.signals())
                .values());
    }

    private Map<LimitName, UUID> limits(UUID account, Policy policy, CreateRequest request) {
        Map<LimitName, UUID> keys = hashes.limits(account, request.signals());
        keys.putAll(hashes.feedback(account, policy.limits(), request.number(), request.signals()));
        return keys;
    }

    /** What a verification costs by the account's price list, if it has one. */
    private static Optional<Terms> terms(AccountView view, PhoneNumber number) {
        Policy policy = view.account().policy();
        String region = number.regionCode();
        return view.prices()
                .flatMap(prices -> prices.terms(
                        region == null ? "" : region,
                        policy.channels().order(),
                        policy.spending().refundUndelivered()));
    }

    @Override
    public Optional<Story> story(AccountView view, UUID verification) {
        return stories.tell(view, verification);
    }

    /** The create's own address or else the account's, and all endpoints of the account. */
    private List<Audience> audiences(AccountView view, Subject subject) {
        UUID account = view.account().id();
        Stream<Audience> callback = subject.callbackUrl().or(view.webhook()::callbackUrl).stream()
                .map(url -> new Audience.Callback(hashes.receiver(account, url)));
        Stream<Audience> endpoints = view.webhook().endpoints().stream()
                .map(endpoint -> new Audience.Endpoint(endpoint.id(), hashes.receiver(account, endpoint.url())));
        return Stream.concat(callback, endpoints).toList();
    }

    private static Subject subject(AccountView view, CreateRequest request) {
        String wanted = request.locale()
                .or(() -> view.account().policy().defaultLocale())
                .orElse(null);
        return new Subject(
                request.number(),
                request.signals(),
                request.templateId(),
                request.callbackUrl(),
                request.correlationId(),
                MessageText.locale(
                        view, request.templateId(), wanted, request.number().regionCode()),
                request.senderId());
    }
}
