// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.Tried;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One flow for one number, from create to its end. What can be derived from the events is derived, never stored.
 *
 * @param id ordered by time
 * @param account whose it is; to everyone else it does not exist
 * @param createdAt to the microsecond
 * @param window when it closes; empty when it was refused and no window opened
 * @param refusal why no window opened
 * @param previous the verification of the same number before this one
 * @param test whether it is a test number's, which gets no message
 * @param block where the guard counts the number's block
 * @param blockMember a keyed hash that tells the number from its neighbours
 * @param subject the number and the signals, encrypted
 * @param audiences who is told what happens to it
 * @param terms what it costs the account; empty when that is nothing
 * @param events oldest first
 */
public record Verification(
        UUID id,
        UUID account,
        Instant createdAt,
        Optional<Instant> window,
        Optional<Refusal> refusal,
        Optional<UUID> previous,
        boolean test,
        UUID block,
        int blockMember,
        Sealed subject,
        List<Audience> audiences,
        Optional<Terms> terms,
        List<VerificationEvent> events) {
    /** Messages of one window, whoever asked for them: more than a policy allows to be asked for, and few enough for one row. */
    public static final int MAX_ATTEMPTS = 16;

    public Verification {
        if (window.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("a verification has a window or the reason why not");
        }
        events = List.copyOf(events);
    }

    /** When the window closes; a refused verification never had one. */
    public Instant expiresAt() {
        return window.orElse(createdAt);
    }

    /** Whether its window has closed; one that never opened does not expire. */
    public boolean isExpired(Instant now) {
        return window.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Whether a code can still be sent or checked. */
    public boolean isOpen(Instant now) {
        return window.filter(now::isBefore).isPresent() && accepted().isEmpty();
    }

    /** The messages of its window, oldest first. */
    public List<AttemptQueued> attempts() {
        List<AttemptQueued> attempts = new ArrayList<>();
        for (VerificationEvent event : events) {
            if (event instanceof AttemptQueued queued) {
                attempts.add(queued);
            }
        }
        return attempts;
    }

    /** The message of this number. */
    public Optional<AttemptQueued> attempt(int number) {
        return first(AttemptQueued.class, queued -> queued.number() == number);
    }

    /** Whether no more message can be sent in this window. */
    boolean isFull() {
        return attempts().size() >= MAX_ATTEMPTS;
    }

    /** How a message went out, where that was not simply the first hop of its route. */
    Optional<AttemptRouted> routed(int attempt) {
        return first(AttemptRouted.class, routed -> routed.attempt() == attempt);
    }

    /** The connection, channel and sender that a message was really sent by; while it is queued, those that are planned. */
    public Hop hop(AttemptQueued attempt) {
        List<Hop> hops = attempt.route().hops();
        int used = routed(attempt.number()).map(AttemptRouted::hop).orElse(0);
        return hops.get(Math.min(used, hops.size() - 1));
    }

    /** What a message cost when it was handed over, where that is known. */
    public Optional<Money> price(int attempt) {
        return routed(attempt).flatMap(AttemptRouted::price);
    }

    /**
     * Whether a connection's word on a message counts: it is the one that sent it. While that is not known, or nobody is known to have
     * sent it, it may have been any of the route's.
     */
    boolean mayBeReportedBy(String connection, int number) {
        return attempt(number)
                .filter(queued -> isRouted(queued)
                        ? hop(queued).connection().equals(connection)
                        : queued.route().hops().stream()
                                .anyMatch(hop -> hop.connection().equals(connection)))
                .isPresent();
    }

    /** Whether it is known which hop a message was sent by. */
    private boolean isRouted(AttemptQueued attempt) {
        return routed(attempt.number()).isPresent() && !isNotSent(attempt);
    }

    /** What the operator pays for a message, as far as is known: what the provider said last, or the connection's price list. */
    Optional<Money> cost(int attempt) {
        return last(
                        AttemptReported.class,
                        report -> report.attempt() == attempt
                                && report.news().price().isPresent())
                .flatMap(report -> report.news().price())
                .or(() -> price(attempt))
                .or(() -> attempt(attempt).flatMap(queued -> hop(queued).cost()));
    }

    /** What is booked for a message by its number, or for the window; see {@link BalanceChanged}. */
    BalanceChanged booked(int item) {
        return last(BalanceChanged.class, change -> change.item() == item)
                .orElseGet(() -> new BalanceChanged(createdAt, item, 0, 0));
    }

    /** What a message costs the account, reserved or charged; for the window see {@link BalanceChanged#WINDOW}. */
    public Optional<Money> charge(int item) {
        return terms.map(known -> {
            BalanceChanged booked = booked(item);
            return new Money(booked.reserved() + booked.charged(), known.currency());
        });
    }

    /** What this window has tried, oldest first. */
    public List<Tried> tried() {
        List<Tried> tried = new ArrayList<>();
        for (AttemptQueued attempt : attempts()) {
            Optional<AttemptRouted> routed = routed(attempt.number());
            List<Hop> hops = attempt.route().hops();
            int used = hops.indexOf(hop(attempt));
            for (Hop hop : hops.subList(0, used + 1)) {
                boolean wrong = routed.filter(known -> known.wrongChannels().contains(hop.channel()))
                        .isPresent();
                Tried.Result last = hop.equals(hops.get(used)) ? result(attempt.number()) : Tried.Result.FAILED;
                tried.add(new Tried(hop.lane(), wrong ? Tried.Result.WRONG_CHANNEL : last));
            }
        }
        return tried;
    }

    private Tried.Result result(int attempt) {
        return switch (delivery(attempt).orElse(DeliveryStatus.SUBMITTED)) {
            case SUBMITTED, IN_TRANSIT -> Tried.Result.SENT;
            case UNKNOWN -> Tried.Result.UNKNOWN;
            case DELIVERED -> Tried.Result.DELIVERED;
            case UNDELIVERABLE -> Tried.Result.FAILED;
            case NOT_SENT ->
                failure(attempt).filter(why -> why == Failure.CHANNEL).isPresent()
                        ? Tried.Result.WRONG_CHANNEL
                        : Tried.Result.FAILED;
        };
    }

    /** Why a message was not sent, if that is so. A provider that took it and then says that it did not send it has a fault. */
    Optional<Failure> failure(int attempt) {
        return delivery(attempt)
                .filter(status -> status == DeliveryStatus.NOT_SENT)
                .map(_ -> first(
                                AttemptReported.class,
                                report -> report.attempt() == attempt
                                        && report.failure().isPresent())
                        .flatMap(AttemptReported::failure)
                        .orElse(Failure.FAULT));
    }

    /** Whether a message was not sent and it was not the user's doing, so that it does not count as one of the window's. */
    boolean wasInVain(int attempt) {
        return failure(attempt).filter(why -> !why.isFinal()).isPresent();
    }

    /** Whether a message is known not to have arrived, and another may. */
    public boolean isLost(int attempt) {
        return wasInVain(attempt)
                || delivery(attempt)
                        .filter(status -> status == DeliveryStatus.UNDELIVERABLE)
                        .isPresent();
    }

    /** Whether a message was sent, or could not be, and has not arrived as far as is known, so that another may take its place. */
    boolean mayBeReplaced(int attempt) {
        return delivery(attempt)
                .filter(status ->
                        (status != DeliveryStatus.DELIVERED && status != DeliveryStatus.NOT_SENT) || wasInVain(attempt))
                .isPresent();
    }

    /** What is known of a message; empty while it is queued. */
    public Optional<DeliveryStatus> delivery(int attempt) {
        @Nullable DeliveryStatus known = null;
        for (VerificationEvent event : events) {
            if (event instanceof AttemptReported report
                    && report.attempt() == attempt
                    && (known == null || known.canBecome(report.status()))) {
                known = report.status();
            }
        }
        return Optional.ofNullable(known);
    }

    /** Whether a provider took a message of this window for fraud. */
    boolean isSuspected() {
        return attempts().stream().anyMatch(attempt -> failure(attempt.number())
                .filter(why -> why == Failure.FRAUD)
                .isPresent());
    }

    /** The network that the number was last seen in by a provider. */
    public Optional<Network> network() {
        return sighting().map(Sighting::network);
    }

    /** The last receipt that named the number's network. */
    public Optional<Sighting> sighting() {
        return last(AttemptReported.class, report -> report.news().network().isPresent())
                .flatMap(report -> report.news().network().map(network -> new Sighting(network, report.at())));
    }

    /** Whether it is known that a message never left, so that nobody can have its code. */
    boolean isNotSent(AttemptQueued attempt) {
        return delivery(attempt.number())
                .filter(status -> status == DeliveryStatus.NOT_SENT)
                .isPresent();
    }

    /** The check that closed the window. */
    public Optional<CodeChecked> accepted() {
        return first(CodeChecked.class, Verification::isAcceptance);
    }

    /** Checks that were compared and failed before a code was accepted; the budget that they are held against is the policy's. */
    public int failedChecks() {
        return countFailed(events.stream().takeWhile(event -> !isAcceptance(event)));
    }

    /** The same, since a code was accepted. */
    public int failedChecksSinceAccepted() {
        return countFailed(events.stream().dropWhile(event -> !isAcceptance(event)));
    }

    /** The customer's last word on it. */
    public Optional<FeedbackGiven> feedback() {
        return last(FeedbackGiven.class, _ -> true);
    }

    /** The time for a decision: a clock that was set back must not open a window again or make events run backwards. */
    Instant notBefore(Instant now) {
        Instant last = events.isEmpty() ? createdAt : events.getLast().at();
        return now.isBefore(last) ? last : now;
    }

    Verification with(VerificationEvent event) {
        return with(List.of(event));
    }

    Verification with(List<? extends VerificationEvent> more) {
        List<VerificationEvent> appended = new ArrayList<>(events);
        appended.addAll(more);
        return withEvents(appended);
    }

    /** The same without anything from which a code could be read. */
    Verification withoutCodes() {
        return withEvents(events.stream()
                .<VerificationEvent>map(event -> switch (event) {
                    case AttemptQueued attempt -> attempt.withoutContent();
                    case CodeChecked check -> check.withoutCode();
                    case AttemptRouted routed -> routed;
                    case AttemptReported report -> report;
                    case FeedbackGiven feedback -> feedback;
                    case BalanceChanged change -> change;
                })
                .toList());
    }

    private Verification withEvents(List<VerificationEvent> changed) {
        return new Verification(
                id,
                account,
                createdAt,
                window,
                refusal,
                previous,
                test,
                block,
                blockMember,
                subject,
                audiences,
                terms,
                changed);
    }

    // Loops, since every command asks these things several times and a stream costs more than what it looks through.

    private <T extends VerificationEvent> Optional<T> first(Class<T> kind, Predicate<T> wanted) {
        for (VerificationEvent event : events) {
            if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                return Optional.of(kind.cast(event));
            }
        }
        return Optional.empty();
    }

    private <T extends VerificationEvent> Optional<T> last(Class<T> kind, Predicate<T> wanted) {
        for (int i = events.size() - 1; i >= 0; i--) {
            VerificationEvent event = events.get(i);
            if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                return Optional.of(kind.cast(event));
            }
        }
        return Optional.empty();
    }

    private static boolean isAcceptance(VerificationEvent event) {
        return event instanceof CodeChecked check && check.result() == CheckResult.VALID;
    }

    private static int countFailed(Stream<VerificationEvent> events) {
        return (int) events.filter(event -> event instanceof CodeChecked check && check.result() == CheckResult.INVALID)
                .count();
    }
}
