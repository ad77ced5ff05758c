// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The promises about a single verification. */
final class CaseRules {
    private static final int MAX_CHECKS = 5;

    /** Answers to checks that compare nothing. A story tells of the first of each kind. */
    private static final Set<String> TOLD_ONCE =
            Set.of("rate_limited", "already_validated", "expired_auth", "without_attempt");

    private static final Set<String> ONCE_VALIDATED = Set.of("already_validated", "invalid", "rate_limited");

    /** What a check may be answered when one before it was answered so. */
    private static final Map<String, Set<String>> AFTER = Map.of(
            "valid",
            ONCE_VALIDATED,
            "already_validated",
            ONCE_VALIDATED,
            "rate_limited",
            Set.of("rate_limited", "expired_auth"),
            "expired_auth",
            Set.of("expired_auth"));

    private final Case it;
    private final List<Violation> violations = new ArrayList<>();

    private CaseRules(Case it) {
        this.it = it;
    }

    static List<Violation> violations(Case it) {
        CaseRules rules = new CaseRules(it);
        rules.isExamined();
        it.readings().forEach(rules::storyTellsWhatWasAnswered);
        rules.acceptedOnce();
        rules.budget();
        rules.sentCodesAreRight();
        rules.overStaysOver();
        return rules.violations;
    }

    private void violated(String rule, Object detail) {
        violations.add(new Violation(rule, it.id(), detail.toString()));
    }

    private void isExamined() {
        if (it.exchanges().stream().allMatch(exchange -> exchange.outcome() == Exchange.Outcome.REFUSED)) {
            return;
        }
        it.exchanges().stream()
                .filter(exchange -> exchange.operation() != Operation.CREATE && exchange.http() == 400)
                .findFirst()
                .ifPresent(exchange -> violated("a verification is lost", exchange));
        if (!it.isExamined()) {
            violated(
                    "a verification was not read at the end",
                    "its last exchange is " + it.exchanges().getLast());
        }
    }

    private void storyTellsWhatWasAnswered(Exchange reading) {
        Story story = Story.of(reading);
        List<Exchange> before = it.exchanges().stream()
                .filter(exchange -> exchange.isAnswered() && exchange.isBefore(reading))
                .toList();
        List<Exchange> possible = it.exchanges().stream()
                .filter(exchange -> exchange.outcome() != Exchange.Outcome.REFUSED && exchange.from() < reading.to())
                .toList();
        checksAreTold(story, before, possible, reading);
        messagesAreTold(story, before, possible, reading);
        for (Exchange create : before) {
            if (create.operation() == Operation.CREATE
                    && !create.field("created_at").equals(reading.field("created_at"))) {
                violated("a story begins at another time", create.body() + " but " + reading.body());
            }
            if (create.operation() == Operation.CREATE && !create.number().equals(reading.field("phone_number"))) {
                violated("a story is of another number", create.number() + " but " + reading.body());
            }
        }
    }

    private void checksAreTold(Story story, List<Exchange> before, List<Exchange> possible, Exchange reading) {
        long open = possible.stream()
                .filter(exchange -> exchange.operation() == Operation.CHECK && exchange.isUnknown())
                .count();
        for (String result : List.of("valid", "invalid")) {
            long least = checks(before, result);
            long unknown = result.equals("valid")
                    ? possible.stream()
                            .filter(exchange -> exchange.isUnknown() && it.mayBeAccepted(exchange))
                            .count()
                    : open;
            long most = checks(possible, result) + unknown;
            if (story.count(result) < least) {
                violated("an answered check is lost", least + " " + result + " but " + reading.body());
            } else if (story.count(result) > most) {
                violated("a check that nobody made", "at most " + most + " " + result + " but " + reading.body());
            }
        }
        for (String result : TOLD_ONCE) {
            long told = story.count(result);
            if (told == 0 && checks(before, result) > 0) {
                violated("an answered check is lost", result + " but " + reading.body());
            } else if (told > 1 || (told == 1 && checks(possible, result) + open == 0)) {
                violated("a check that nobody made", told + " " + result + " in " + reading.body());
            }
        }
    }

    private static long checks(List<Exchange> among, String result) {
        return among.stream()
                .filter(exchange -> exchange.operation() == Operation.CHECK
                        && exchange.isAnswered()
                        && exchange.field("status").equals(result))
                .count();
    }

    /** A window has a first message, and each retry that was approved another: the one that was made at the time of the answer. */
    private void messagesAreTold(Story story, List<Exchange> before, List<Exchange> possible, Exchange reading) {
        List<Instant> told = story.attempts().stream().map(Story.Attempt::at).toList();
        for (Exchange retry : before) {
            if (isApproved(retry) && !told.contains(Instant.parse(retry.field("created_at")))) {
                violated("an approved message is lost", retry.body() + " but " + reading.body());
            }
        }
        boolean opened = before.stream()
                .anyMatch(create -> create.operation() == Operation.CREATE
                        && !create.field("expires_at").isEmpty());
        long approved = before.stream().filter(CaseRules::isApproved).count();
        if (told.size() < approved + (opened ? 1 : 0)) {
            violated("an approved message is lost", approved + " retries but " + reading.body());
        }
        // A create inside an open window sends again when that is due. One that was not answered names no verification.
        long most = possible.stream()
                .filter(exchange -> exchange.operation() == Operation.CREATE
                        || isApproved(exchange)
                        || (exchange.operation() == Operation.RETRY && exchange.isUnknown()))
                .count();
        if (told.size() > most && possible.stream().anyMatch(any -> any.operation() == Operation.CREATE)) {
            violated("a message that nobody asked for", "at most " + most + " but " + reading.body());
        }
    }

    private static boolean isApproved(Exchange exchange) {
        return exchange.operation() == Operation.RETRY
                && exchange.isAnswered()
                && exchange.field("status").equals("approved");
    }

    private List<Exchange> answered(Predicate<String> status) {
        return it.all(Operation.CHECK).stream()
                .filter(check -> check.isAnswered() && status.test(check.field("status")))
                .toList();
    }

    private void acceptedOnce() {
        List<Exchange> valid = answered("valid"::equals);
        if (valid.size() > 1) {
            violated("a code was accepted twice", valid);
        }
        if (it.story().filter(story -> story.count("valid") > 1).isPresent()) {
            violated("a code was accepted twice", it.lastBody());
        }
    }

    /** By the story, and by the answers alone. */
    private void budget() {
        it.story().ifPresent(story -> {
            int accepted = story.checks().indexOf("valid");
            List<String> until = accepted < 0 ? story.checks() : story.checks().subList(0, accepted + 1);
            List<String> since =
                    story.checks().subList(until.size(), story.checks().size());
            if (compared(until) > MAX_CHECKS || compared(since) > MAX_CHECKS) {
                violated("a budget was exceeded", it.lastBody());
            }
        });
        long compared = answered(status -> status.equals("valid") || status.equals("invalid"))
                .size();
        boolean accepted = !answered(status -> status.equals("valid") || status.equals("already_validated"))
                .isEmpty();
        boolean maybe = accepted || it.story().filter(Story::isValidated).isPresent();
        if (compared > (maybe ? 2 * MAX_CHECKS : MAX_CHECKS)) {
            violated("a budget was exceeded", compared + " codes were compared");
        }
    }

    private static long compared(List<String> checks) {
        return checks.stream()
                .filter(check -> check.equals("valid") || check.equals("invalid"))
                .count();
    }

    private void sentCodesAreRight() {
        boolean validated = it.story().filter(Story::isValidated).isPresent();
        answered("invalid"::equals).stream()
                .filter(check -> it.isSent(check.input()) && !validated)
                .forEach(check -> violated("a code that was sent is called wrong", check));
    }

    private void overStaysOver() {
        List<Exchange> checks = answered(_ -> true);
        for (Exchange earlier : checks) {
            String state = earlier.field("status");
            Set<String> possible = AFTER.get(state);
            if (possible == null) {
                continue;
            }
            checks.stream()
                    .filter(later -> earlier.isBefore(later) && !possible.contains(later.field("status")))
                    .forEach(later -> violated("what is over is not over", earlier + " and then " + later));
            if (!state.equals("rate_limited")) {
                it.all(Operation.RETRY).stream()
                        .filter(retry -> earlier.isBefore(retry) && isApproved(retry))
                        .forEach(retry -> violated("what is over is not over", earlier + " and then " + retry));
            }
        }
    }
}
