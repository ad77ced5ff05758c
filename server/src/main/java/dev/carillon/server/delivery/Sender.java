// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.Route;
import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.CodeVault;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Failure;
import dev.carillon.core.verification.ReportSend;
import dev.carillon.core.verification.Reported;
import dev.carillon.core.verification.SendOutcome;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.verify.Fallbacks;
import dev.carillon.server.verify.MessageText;
import dev.carillon.server.verify.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one message: makes its text, hands it over by the hops of its route, and has the ledger keep what became of it. */
public final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Ledger ledger;
    private final Function<UUID, Optional<AccountView>> accounts;
    private final Keyring keyring;
    private final CodeVault vault;
    private final Fallbacks fallbacks;
    private final ReferenceKeys references;
    private final Patience patience;
    private final Failover failover;
    private final InstantSource clock;

    /** An attempt with all that its message is made of. */
    private record Draft(
            AccountView account, Verification verification, AttemptQueued attempt, Subject subject, Code code) {
        Message message(Hop hop) {
            MessageText text = MessageText.of(account, subject);
            return new Message(
                    new AttemptRef(verification.id(), attempt.number()),
                    attempt.id(),
                    subject.number().value(),
                    text.region(),
                    hop.channel(),
                    hop.senderId(),
                    text.with(code),
                    code,
                    text.locale(),
                    text.templateIds(),
                    verification.expiresAt());
        }
    }

    public Sender(
            Ledger ledger,
            Function<UUID, Optional<AccountView>> accounts,
            Keyring keyring,
            CodeVault vault,
            Fallbacks fallbacks,
            Connections connections,
            InstantSource clock,
            DeliveryMetrics metrics) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.keyring = keyring;
        this.vault = vault;
        this.fallbacks = fallbacks;
        this.references = new ReferenceKeys(keyring);
        this.patience = connections.patience();
        this.failover = new Failover(connections, clock, metrics);
        this.clock = clock;
    }

    /**
     * Sends, unless there is nobody to send to any more.
     *
     * @return what is known of the message now
     */
    Reported send(OutboxItem item, Optional<Verification> verification) throws InterruptedException {
        Instant now = clock.instant();
        Optional<AttemptQueued> attempt = verification.stream()
                .flatMap(found -> found.attempts().stream())
                .filter(queued -> queued.id().equals(item.id()))
                .findFirst();
        if (attempt.isPresent() && verification.get().delivery(item.attempt()).isPresent()) {
            // Receipts came for it, so that it was sent; only the node that did so could not say it any more.
            return report(item, SendOutcome.submitted(), Optional.empty(), Optional.empty());
        }
        Optional<Draft> draft = verification
                .filter(found -> found.isOpen(now))
                .flatMap(found -> attempt.flatMap(queued -> draft(found, queued)));
        if (draft.isEmpty()) {
            return report(item, SendOutcome.notSent(Failure.CLOSED), Optional.empty(), Optional.empty());
        }
        return send(item, draft.get());
    }

    /** Learns how long receipts take, where that is of use: where something else could be tried in the meantime. */
    void learn(Verification verification, int number) {
        boolean arrived = verification
                .delivery(number)
                .filter(status -> status == DeliveryStatus.DELIVERED)
                .isPresent();
        verification.attempts().stream()
                .filter(attempt -> arrived
                        && attempt.number() == number
                        && attempt.route().hops().size() > 1)
                .forEach(attempt -> patience.learn(
                        verification.hop(attempt).lane(),
                        country(Subject.open(verification.subject(), keyring, verification.id())),
                        Duration.between(attempt.at(), clock.instant())));
    }

    private static String country(Subject subject) {
        String region = subject.number().regionCode();
        return region == null ? "" : region;
    }

    private Reported send(OutboxItem item, Draft draft) throws InterruptedException {
        Route route = draft.attempt().route();
        if (!route.reasons().isEmpty()) {
            LOG.info("Attempt {} goes by {}", item.id(), String.join("; ", route.reasons()));
        }
        SendOutcome outcome = failover.send(item.id(), route.hops(), draft::message);
        Hop used = route.hops().get(outcome.hop());
        Instant now = clock.instant();
        Optional<Instant> lookAgain = fallbacks.isWorthWhile(draft.account(), draft.verification(), now)
                ? Optional.of(now.plus(patience.of(used.lane(), country(draft.subject()))))
                : Optional.empty();
        Optional<UUID> reference = outcome.providerId().map(id -> references.of(used.connection(), id));
        return report(item, outcome, reference, lookAgain);
    }

    private Optional<Draft> draft(Verification verification, AttemptQueued attempt) {
        return attempt.content()
                .flatMap(content -> vault.open(content, attempt.id()))
                .flatMap(code -> accounts.apply(verification.account())
                        .map(account -> new Draft(
                                account,
                                verification,
                                attempt,
                                Subject.open(verification.subject(), keyring, verification.id()),
                                code)));
    }

    /** What was sent must not be sent again, so that this is worth waiting for: as long as the item is leased to this node. */
    private Reported report(OutboxItem item, SendOutcome outcome, Optional<UUID> reference, Optional<Instant> lookAgain)
            throws InterruptedException {
        ReportSend report =
                new ReportSend(item.verification(), item.attempt(), item.id(), outcome, reference, lookAgain);
        long end = System.nanoTime() + Ledger.LEASE.toNanos();
        while (true) {
            try {
                return ledger.execute(report);
            } catch (OverloadedException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
