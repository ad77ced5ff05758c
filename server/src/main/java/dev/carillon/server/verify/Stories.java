// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.account.Policy;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.CodeVault;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Sealed;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.verify.Story.AttemptStatus;
import dev.carillon.server.verify.Story.BalanceKind;
import dev.carillon.server.verify.Story.BalanceUpdate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Tells verifications to their account, with the codes hidden unless the account asks for them while the window is open. */
public final class Stories {
    private final VerificationReader verifications;
    private final Keyring keyring;
    private final CodeVault vault;
    private final InstantSource clock;

    public Stories(VerificationReader verifications, Keyring keyring, CodeVault vault, InstantSource clock) {
        this.verifications = verifications;
        this.keyring = keyring;
        this.vault = vault;
        this.clock = clock;
    }

    Optional<Story> tell(AccountView account, UUID id) {
        return verifications
                .find(id)
                .filter(verification ->
                        verification.account().equals(account.account().id()))
                .map(verification -> new Telling(account, verification, clock.instant()).story());
    }

    private final class Telling {
        private final Policy policy;
        private final Verification verification;
        private final Subject subject;
        private final MessageText text;
        private final Instant now;
        private final boolean codesShown;
        /** What was booked by the events that were told so far, for the window and for each message. */
        private final Map<Integer, BalanceChanged> booked = new HashMap<>();

        Telling(AccountView account, Verification verification, Instant now) {
            this.policy = account.account().policy();
            this.verification = verification;
            this.subject = Subject.open(verification.subject(), keyring, verification.id());
            this.text = MessageText.of(account, subject);
            this.now = now;
            this.codesShown = policy.showCodes() && verification.isOpen(now);
        }

        Story story() {
            List<Story.Event> events =
                    verification.events().stream().flatMap(this::event).toList();
            return new Story(
                    verification.id(),
                    subject.number().value(),
                    subject.templateId(),
                    subject.correlationId(),
                    verification.createdAt(),
                    subject.signals(),
                    events);
        }

        private Stream<Story.Event> event(dev.carillon.core.verification.VerificationEvent event) {
            return switch (event) {
                case AttemptQueued queued -> Stream.of(attempt(queued));
                case AttemptReported report -> delivery(report).stream();
                case CodeChecked check -> Stream.of(check(check));
                case BalanceChanged change -> balance(change);
                case AttemptRouted _, FeedbackGiven _ -> Stream.empty();
            };
        }

        /** What is reserved and what is charged are told apart, so that the amounts of each add up to what holds in the end. */
        private Stream<Story.Event> balance(BalanceChanged change) {
            Optional<BalanceChanged> before = Optional.ofNullable(booked.put(change.item(), change));
            boolean window = change.item() == BalanceChanged.WINDOW;
            return Stream.of(
                            new BalanceUpdate(
                                    change.at(),
                                    window ? BalanceKind.VERIFICATION_PENDING : BalanceKind.ATTEMPT_PENDING,
                                    before.map(BalanceChanged::reserved).orElse(0L) - change.reserved()),
                            new BalanceUpdate(
                                    change.at(),
                                    window ? BalanceKind.VERIFICATION_SUCCESS : BalanceKind.ATTEMPT_SUCCESS,
                                    before.map(BalanceChanged::charged).orElse(0L) - change.charged()))
                    .filter(update -> update.micros() != 0)
                    .map(update -> update);
        }

        private Story.Event attempt(AttemptQueued queued) {
            String content =
                    shown(queued.content(), queued.id()).map(text::with).orElseGet(text::masked);
            Hop used = verification.hop(queued);
            return new Story.Attempt(
                    queued.at(),
                    queued.id(),
                    content,
                    used.senderId(),
                    used.channel(),
                    queued.number(),
                    status(queued.number()));
        }

        private Optional<Story.Event> delivery(AttemptReported report) {
            return verification.attempts().stream()
                    .filter(queued -> queued.number() == report.attempt())
                    .findFirst()
                    .map(queued -> new Story.Delivery(
                            report.at(), report.status(), queued.id(), queued.number(), report.originatedAt()));
        }

        private Story.Event check(CodeChecked check) {
            String code =
                    shown(check.code(), check.id()).map(Code::digits).orElseGet(() -> "*".repeat(policy.codeLength()));
            return new Story.Check(check.at(), check.id(), code, check.result());
        }

        private AttemptStatus status(int attempt) {
            DeliveryStatus delivery = verification.delivery(attempt).orElse(DeliveryStatus.UNKNOWN);
            return switch (delivery) {
                case DELIVERED -> AttemptStatus.DELIVERED;
                case UNDELIVERABLE, NOT_SENT -> AttemptStatus.FAILED;
                case UNKNOWN, SUBMITTED, IN_TRANSIT ->
                    verification.isExpired(now) ? AttemptStatus.EXPIRED : AttemptStatus.PENDING;
            };
        }

        private Optional<Code> shown(Optional<Sealed> code, UUID id) {
            return codesShown ? code.flatMap(hidden -> vault.open(hidden, id)) : Optional.empty();
        }
    }
}
