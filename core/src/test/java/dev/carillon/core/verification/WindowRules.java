// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.account.TestNumber.Outcome;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Candidate;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A small model of what is promised about windows. It watches what is asked, what is answered and which messages go out, and
 * foretells each answer to a check by itself, from nothing that the code under test has derived.
 *
 * <p>One thing is not promised: a clock that is set back over the end of a window opens it again as long as nothing was told of
 * it after its end (a window's end leaves no event, and the next window of the number is another verification).
 */
final class WindowRules {
    private static final int RETRIES = 3;
    private static final String FIXED = "424242";
    private static final int FIRST_SUFFIX = 7;

    private final World world = new World();
    private final Map<UUID, SeenWindow> windows = new HashMap<>();
    private final List<List<UUID>> ofNumber = new ArrayList<>();
    private final SeenReferences references = new SeenReferences();
    private Channels channels = Channels.STANDARD;
    private long fingerprint;

    WindowRules() {
        for (int i = 0; i < Steps.NUMBERS; i++) {
            ofNumber.add(new ArrayList<>());
        }
        change(new Steps.ChangePolicy(5, AcceptCodes.ANY, true));
    }

    void take(Steps step) {
        switch (step) {
            case Steps.Create create -> create(create);
            case Steps.Check check -> pick(check.number(), check.back()).ifPresent(id -> check(id, typed(check, id)));
            case Steps.Retry retry -> pick(retry.number(), retry.back()).ifPresent(this::retry);
            case Steps.Report report ->
                pick(report.number(), report.back()).ifPresent(id -> report(id, report.attempt(), report.status()));
            case Steps.Sent sent -> pick(sent.number(), sent.back()).ifPresent(id -> reportSend(id, sent));
            case Steps.Referred receipt ->
                pick(receipt.number(), receipt.back()).ifPresent(id -> refer(id, receipt));
            case Steps.FallBack fall -> pick(fall.number(), fall.back()).ifPresent(id -> fallBack(id, fall.attempt()));
            case Steps.ChangeRoutes routes -> change(routes);
            case Steps.Feedback feedback -> feedback(feedback);
            case Steps.Time time -> world.pass(time.passed());
            case Steps.ChangePolicy policy -> change(policy);
            case Steps.RotatePepper _ -> world.pepper++;
        }
        windows.forEach(this::holdsStill);
        assertThat(world.sent)
                .extracting(Effect.Send::attemptId)
                .as("sent once")
                .doesNotHaveDuplicates();
    }

    private void create(Steps.Create step) {
        boolean test = step.number() == Steps.TEST_NUMBER;
        world.testNumber = test ? Optional.of(new TestNumber("+15005550006", FIXED, Outcome.VALID)) : Optional.empty();
        fingerprint += step.repeated() ? 0 : 1;
        int sentBefore = world.sent.size();
        List<UUID> chain = ofNumber.get(step.number());

        var answer = (CreateReply.Answered)
                world.run(world.command(FIRST_SUFFIX + step.number(), fingerprint, Optional.empty()));

        UUID id = answer.verification();
        int sent = world.sent.size() - sentBefore;
        if (windows.containsKey(id)) {
            assertThat(chain)
                    .as("a number is answered with its own verifications")
                    .contains(id);
            assertSame(window(id), answer);
        } else {
            assertThat(newestWindow(step.number()).filter(this::isOpen))
                    .as("one open window")
                    .isEmpty();
            windows.put(id, new SeenWindow(answer.createdAt(), answer.expiresAt(), test));
            chain.add(id);
            assertThat(answer.expiresAt().isPresent())
                    .isEqualTo(answer.refusal().isEmpty());
            assertThat(sent).isEqualTo(answer.refusal().isEmpty() && !test ? 1 : 0);
        }
        if (answer.refusal().isPresent()) {
            assertThat(sent).as("refused, so nothing goes out").isZero();
            assertThat(attempts(id)).hasSize(window(id).codes.size());
        } else {
            assertThat(isOpen(id) || isOverNow(id))
                    .as("an open window was answered")
                    .isTrue();
        }
        collectMessages(id, sent);
    }

    private void assertSame(SeenWindow window, CreateReply.Answered answer) {
        assertThat(answer.createdAt()).isEqualTo(window.createdAt);
        if (answer.refusal().isEmpty() || window.expiresAt.isPresent()) {
            assertThat(answer.expiresAt()).isEqualTo(window.expiresAt);
        }
    }

    private void retry(UUID id) {
        SeenWindow window = window(id);
        boolean mayBeSent = isOpen(id) && window.used() <= RETRIES && window.wrong < world.policy.maxChecks();
        int sentBefore = world.sent.size();

        RetryReply.Answered answer = world.retry(id);

        boolean approved = answer.result() == RetryReply.Result.APPROVED;
        int sent = world.sent.size() - sentBefore;
        assertThat(sent).isEqualTo(approved && !window.test ? 1 : 0);
        assertThat(approved && !mayBeSent).as("a retry that must not be").isFalse();
        assertThat(answer.remaining()).isBetween(0, RETRIES);
        collectMessages(id, sent);
        assertThat(attempts(id)).as("only what is approved is sent").hasSize(window.codes.size());
    }

    /** Learns the codes of new messages as the phone shows them. */
    private void collectMessages(UUID id, int sent) {
        SeenWindow window = window(id);
        List<AttemptQueued> attempts = attempts(id);
        int fresh = attempts.size() - window.codes.size();
        assertThat(fresh).isEqualTo(window.test ? fresh : sent).isBetween(0, 1);
        if (fresh == 1) {
            AttemptQueued last = attempts.getLast();
            Instant now = world.now;
            // Read at its own time: the clock may stand behind the window's start or beyond the seal.
            world.now = last.at();
            String code = world.open(last.content().orElseThrow(), last.id())
                    .orElseThrow()
                    .digits();
            world.now = now;
            if (window.test) {
                assertThat(code).isEqualTo(FIXED);
            } else if (world.policy.acceptCodes() == AcceptCodes.SAME && !window.codes.isEmpty()) {
                assertThat(code).isEqualTo(window.codes.getFirst());
            }
            window.codes.add(code);
            if (window.test) {
                window.left.add(window.codes.size());
            }
        }
        assertThat(window.codes).hasSizeLessThanOrEqualTo(Verification.MAX_ATTEMPTS);
    }

    private void check(UUID id, String typed) {
        CheckResult expected = foretell(id, typed);
        assertThat(world.check(id, typed)).isEqualTo(expected);

        SeenWindow window = window(id);
        switch (expected) {
            case VALID -> window.accepted = Optional.of(typed);
            case INVALID -> {
                if (window.accepted.isPresent()) {
                    window.wrongSinceAccepted++;
                } else {
                    window.wrong++;
                }
            }
            case EXPIRED -> window.closed = true;
            case WITHOUT_ATTEMPT, RATE_LIMITED, ALREADY_VALIDATED -> {}
        }
    }

    private CheckResult foretell(UUID id, String typed) {
        SeenWindow window = window(id);
        int budget = world.policy.maxChecks();
        if (window.accepted.isPresent()) {
            if (window.wrongSinceAccepted >= budget) {
                return CheckResult.RATE_LIMITED;
            }
            return window.accepted.get().equals(typed) ? CheckResult.ALREADY_VALIDATED : CheckResult.INVALID;
        }
        if (window.expiresAt.isPresent() && isOver(id)) {
            return CheckResult.EXPIRED;
        }
        if (window.sent().isEmpty()) {
            return CheckResult.WITHOUT_ATTEMPT;
        }
        if (window.wrong >= budget) {
            return CheckResult.RATE_LIMITED;
        }
        List<String> sent = window.sent();
        List<String> right = world.policy.acceptCodes() == AcceptCodes.LATEST ? List.of(sent.getLast()) : sent;
        return right.contains(typed) ? CheckResult.VALID : CheckResult.INVALID;
    }

    private void report(UUID id, int attempt, DeliveryStatus status) {
        noting(id, () -> world.report(id, attempt, status));
        window(id).told(attempt, status, Optional.empty());
    }

    /** Before its end or after it, once, never or twice: a dispatcher whose node died is not the last to report. */
    private void reportSend(UUID id, Steps.Sent step) {
        SendOutcome outcome = new SendOutcome(
                step.failure().map(_ -> DeliveryStatus.NOT_SENT).orElse(step.status()),
                step.failure(),
                step.hop(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
        UUID key = SeenReferences.key(id, step.attempt());
        noting(
                id,
                () -> world.run(new ReportSend(
                        id,
                        step.attempt(),
                        world.freshId(),
                        outcome,
                        step.referred() ? Optional.of(key) : Optional.empty(),
                        Optional.of(world.now.plusSeconds(25)))));
        window(id).told(step.attempt(), outcome.status(), outcome.failure());
        if (step.referred()) {
            references.known(key, world.now).forEach(held -> window(id).told(step.attempt(), held, Optional.empty()));
        }
    }

    private void refer(UUID id, Steps.Referred step) {
        UUID key = SeenReferences.key(id, step.attempt());
        noting(id, () -> world.run(new ReportByReference(key, News.of(step.status(), world.now))));
        if (references.finds(key, step.status(), world.now)) {
            window(id).told(step.attempt(), step.status(), Optional.empty());
        }
    }

    private void fallBack(UUID id, int attempt) {
        SeenWindow window = window(id);
        Verification before = world.verification(id);
        boolean mayBeSent = isOpen(id)
                && !window.test
                && window.codes.size() == attempt
                && window.mayBeReplaced(attempt)
                && window.wrong < world.policy.maxChecks()
                && window.codes.size() < Verification.MAX_ATTEMPTS
                && world.policy.channels().fallback();
        int sentBefore = world.sent.size();

        boolean fellBack = world.fallBack(id, attempt);

        assertThat(world.sent.size() - sentBefore).isEqualTo(fellBack ? 1 : 0);
        assertThat(fellBack && !mayBeSent).as("a message that must not be").isFalse();
        if (fellBack) {
            window.automatic.add(attempt + 1);
            SeenWindow.assertAnotherWay(before, attempts(id).getLast());
        }
        collectMessages(id, fellBack ? 1 : 0);
        assertThat(world.fallBack(id, attempt)).as("once").isFalse();
    }

    private void noting(UUID id, Runnable step) {
        int before = world.verification(id).events().size();
        step.run();
        if (world.verification(id).events().size() > before) {
            closeIfOver(id);
        }
    }

    private void change(Steps.ChangeRoutes step) {
        channels = new Channels(
                step.messenger() ? List.of(Channel.SMS, Channel.WHATSAPP) : List.of(Channel.SMS), step.fallback());
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(World.candidate("one", Channel.SMS));
        if (step.second()) {
            candidates.add(World.candidate("two", Channel.SMS));
        }
        candidates.add(World.candidate("three", Channel.WHATSAPP));
        world.table = new RoutingTable(candidates, Map.of(), Set.of());
        world.policy = Policies.of(
                world.policy.maxChecks(),
                "30s,60s,120s",
                world.policy.acceptCodes(),
                world.policy.autoRetry(),
                channels,
                world.policy.limits());
    }

    private void feedback(Steps.Feedback step) {
        UUID number = World.id(10_000 + FIRST_SUFFIX + step.number());
        FeedbackReply reply =
                world.run(new GiveFeedback(World.ACCOUNT, number, world.freshId(), step.onboarded(), _ -> Set.of()));
        if (reply instanceof FeedbackReply.Recorded) {
            newestWindow(step.number()).ifPresent(this::closeIfOver);
        }
    }

    private Optional<UUID> newestWindow(int number) {
        return ofNumber.get(number).reversed().stream()
                .filter(id -> window(id).expiresAt.isPresent())
                .findFirst();
    }

    private void change(Steps.ChangePolicy step) {
        Limits unlimited = Limits.STANDARD
                .with(LimitName.NUMBER_HOUR, Optional.empty())
                .with(LimitName.NUMBER_DAY, Optional.empty());
        world.policy =
                Policies.of(step.maxChecks(), "30s,60s,120s", step.accept(), step.autoRetry(), channels, unlimited);
    }

    /** What holds of every verification after every step. */
    private void holdsStill(UUID id, SeenWindow window) {
        Verification verification = world.verification(id);
        assertThat(verification.window()).as("the end of a window never moves").isEqualTo(window.expiresAt);
        Instant last = verification.createdAt();
        int valid = 0;
        int wrong = 0;
        int wrongSinceAccepted = 0;
        for (VerificationEvent event : verification.events()) {
            assertThat(event.at()).as("events are in order of time").isAfterOrEqualTo(last);
            last = event.at();
            if (event instanceof CodeChecked check) {
                valid += check.result() == CheckResult.VALID ? 1 : 0;
                wrong += check.result() == CheckResult.INVALID && valid == 0 ? 1 : 0;
                wrongSinceAccepted += check.result() == CheckResult.INVALID && valid > 0 ? 1 : 0;
            }
        }
        assertThat(valid).as("accepted once").isEqualTo(window.accepted.isPresent() ? 1 : 0);
        assertThat(wrong).as("the budget is that of the compared").isEqualTo(window.wrong);
        assertThat(wrongSinceAccepted).isEqualTo(window.wrongSinceAccepted);
        assertThat(wrong).isLessThanOrEqualTo(10);
        assertThat(attempts(id)).hasSize(window.codes.size());
        window.assertForward(verification);
    }

    private Optional<UUID> pick(int number, int back) {
        List<UUID> chain = ofNumber.get(number);
        return back < chain.size() ? Optional.of(chain.get(chain.size() - 1 - back)) : Optional.empty();
    }

    private String typed(Steps.Check check, UUID id) {
        List<String> codes = window(id).codes;
        return switch (check.typed()) {
            case WRONG -> "999999";
            case NONSENSE -> "no code";
            case NEWEST -> codes.isEmpty() ? "999999" : codes.getLast();
            case FIRST -> codes.isEmpty() ? "999999" : codes.getFirst();
            case EARLIER_WINDOW -> codeOf(pick(check.number(), check.back() + 1));
            case ANOTHER_NUMBER -> codeOf(pick((check.number() + 1) % Steps.NUMBERS, 0));
            case TEST_NUMBERS -> FIXED;
        };
    }

    private String codeOf(Optional<UUID> id) {
        return id.map(this::window)
                .filter(window -> !window.codes.isEmpty())
                .map(window -> window.codes.getLast())
                .orElse("999999");
    }

    private boolean isOpen(UUID id) {
        SeenWindow window = window(id);
        return window.expiresAt.isPresent() && window.accepted.isEmpty() && !isOver(id);
    }

    /** Over by the clock, or since something was told of it after its end: a clock that is set back changes nothing then. */
    private boolean isOver(UUID id) {
        return window(id).closed || isOverNow(id);
    }

    private boolean isOverNow(UUID id) {
        return window(id).expiresAt.filter(end -> !world.now.isBefore(end)).isPresent();
    }

    private void closeIfOver(UUID id) {
        window(id).closed |= isOverNow(id);
    }

    private List<AttemptQueued> attempts(UUID id) {
        return world.verification(id).events().stream()
                .filter(AttemptQueued.class::isInstance)
                .map(AttemptQueued.class::cast)
                .toList();
    }

    private SeenWindow window(UUID id) {
        return Optional.ofNullable(windows.get(id)).orElseThrow();
    }
}
