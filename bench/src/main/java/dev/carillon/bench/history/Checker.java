// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds a history against what the server promises. It knows nothing of how the server works, and of time only which exchange was over
 * before another began: a violation is one whatever the clocks said and in whichever order things that overlapped took effect.
 *
 * <ul>
 *   <li>Nothing that was answered is lost: each story tells everything that was answered before it was asked for, and nothing that nobody
 *       can have caused. That holds for every reading, on every node.
 *   <li>What was refused did not happen.
 *   <li>A code is accepted once; a code that was sent is not called wrong.
 *   <li>At most five codes are compared before one is accepted, and five after it.
 *   <li>What is over stays over: validated, expired, spent.
 *   <li>A number has one open window at a time, and a window that closed does not open again.
 *   <li>A request that is repeated with its Idempotency-Key is answered as before.
 * </ul>
 *
 * A history is complete when each verification was read after the last thing that was done to it, which {@link Examination} sees to; one that is not
 * is a violation too, since it proves nothing.
 */
public final class Checker {
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final Map<String, List<Exchange>> creates = new LinkedHashMap<>();

    private Checker(List<Exchange> exchanges) {
        Map<String, List<Exchange>> byVerification = new LinkedHashMap<>();
        for (Exchange exchange : exchanges) {
            if (exchange.operation() == Operation.CREATE) {
                creates.computeIfAbsent(exchange.number(), _ -> new ArrayList<>())
                        .add(exchange);
            }
            if (!exchange.about().isEmpty()) {
                byVerification
                        .computeIfAbsent(exchange.about(), _ -> new ArrayList<>())
                        .add(exchange);
            }
        }
        // A create without an answer may have done something to any verification of its number.
        Map<String, List<Exchange>> unknown = exchanges.stream()
                .filter(exchange -> exchange.operation() == Operation.CREATE && exchange.isUnknown())
                .collect(Collectors.groupingBy(Exchange::number));
        byVerification.forEach((id, about) -> {
            Optional<Exchange> create = about.stream()
                    .filter(exchange -> exchange.operation() == Operation.CREATE)
                    .findFirst();
            create.ifPresent(known -> about.addAll(unknown.getOrDefault(known.number(), List.of())));
            cases.put(id, new Case(id, about));
        });
    }

    /** What is wrong with a history; empty: every promise was kept. */
    public static List<Violation> check(List<Exchange> exchanges) {
        Checker checker = new Checker(exchanges);
        checker.cases.values().forEach(it -> checker.violations.addAll(CaseRules.violations(it)));
        checker.creates.forEach(checker::checkNumber);
        checker.checkRepetitions();
        return List.copyOf(checker.violations);
    }

    /** The verifications of a history. */
    static List<Case> cases(List<Exchange> exchanges) {
        return List.copyOf(new Checker(exchanges).cases.values());
    }

    /** Messages of which nobody has said what became of them, of windows that are not validated; to be asked when all had the time to leave. */
    public static List<Violation> unsent(List<Exchange> exchanges) {
        List<Violation> unsent = new ArrayList<>();
        for (Case it : cases(exchanges)) {
            it.story()
                    .filter(Case::isUnsent)
                    .ifPresent(_ -> unsent.add(new Violation("a message did not get out", it.id(), it.lastBody())));
        }
        return unsent;
    }

    private void checkNumber(String number, List<Exchange> asked) {
        List<Window> windows = asked.stream()
                .map(Exchange::about)
                .filter(id -> !id.isEmpty())
                .distinct()
                .flatMap(id -> Window.of(Objects.requireNonNull(cases.get(id)), asked).stream())
                .toList();
        for (int i = 0; i < windows.size(); i++) {
            for (int j = i + 1; j < windows.size(); j++) {
                checkPair(number, windows.get(i), windows.get(j));
            }
        }
    }

    private void checkPair(String number, Window one, Window other) {
        if (!one.mayPrecede(other) && !other.mayPrecede(one)) {
            violations.add(new Violation("two windows were open at once", number, one + " and " + other));
        }
        for (Window[] pair : new Window[][] {{one, other}, {other, one}}) {
            pair[0].acceptedAfter(pair[1])
                    .ifPresent(late -> violations.add(new Violation(
                            "a window was open again", number, pair[0] + " accepted a code after " + pair[1])));
        }
    }

    private void checkRepetitions() {
        Map<String, String> answers = new HashMap<>();
        creates.values().stream()
                .flatMap(List::stream)
                .filter(create -> !create.key().isEmpty() && create.isAnswered())
                .forEach(create -> {
                    String before = answers.putIfAbsent(create.key(), create.body());
                    if (before != null && !before.equals(create.body())) {
                        violations.add(new Violation(
                                "a repeated request was answered differently",
                                create.number(),
                                before + " and " + create.body()));
                    }
                });
    }
}
