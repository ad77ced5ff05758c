// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at the end at everything that earlier histories have proven, which later faults must not have changed: each story is as it was, every message
 * has left, and the stories add up. For one thread at a time.
 */
public final class Survey {
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private BigDecimal balance = BigDecimal.ZERO;

    /**
     * A story at the end of its history.
     *
     * @param settled whether nothing was under way any more, so that it has to stay as it is
     */
    private record Seen(Story story, boolean settled) {}

    /** Takes in a history that is whole. */
    public void remember(List<Exchange> exchanges) {
        for (Case it : Checker.cases(exchanges)) {
            boolean settled = it.exchanges().stream().noneMatch(Exchange::isUnknown);
            it.story().ifPresent(story -> seen.put(it.id(), new Seen(story, settled)));
        }
    }

    /** How many verifications there are. */
    public int size() {
        return seen.size();
    }

    /**
     * Reads them all again.
     *
     * @param history in which the readings are written down
     * @param patience how long messages may take to leave
     * @param timeMoved whether the clock was set: a window that it ended before its message left has none that left
     */
    public List<Violation> run(
            History history, Account account, Supplier<List<Node>> nodes, Duration patience, boolean timeMoved)
            throws InterruptedException {
        Predicate<Story> unsent = timeMoved ? Case::isUnheardOf : Case::isUnsent;
        Map<String, Exchange> read = new Examination(history, account, nodes, patience).read(seen.keySet(), unsent);
        List<Violation> violations = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<String, Seen> entry : seen.entrySet()) {
            Optional<Exchange> reading =
                    Optional.ofNullable(read.get(entry.getKey())).filter(Exchange::isAnswered);
            if (reading.isEmpty()) {
                violations.add(new Violation("a verification is lost", entry.getKey(), "" + read.get(entry.getKey())));
                continue;
            }
            Story now = Story.of(reading.get());
            sum = sum.add(now.balance());
            if (!goesOn(entry.getValue(), now)) {
                violations.add(new Violation(
                        "a story has changed",
                        entry.getKey(),
                        entry.getValue() + " but " + reading.get().body()));
            }
            if (unsent.test(now)) {
                violations.add(new Violation(
                        "a message did not get out",
                        entry.getKey(),
                        reading.get().body()));
            }
        }
        balance = sum;
        return violations;
    }

    /** What all stories that were read last have changed in the account's balance together. */
    public BigDecimal balance() {
        return balance;
    }

    private static boolean goesOn(Seen before, Story now) {
        List<String> checks = before.story().checks();
        return now.createdAt().equals(before.story().createdAt())
                && now.attempts().size() >= before.story().attempts().size()
                && now.checks().size() >= checks.size()
                && now.checks().subList(0, checks.size()).equals(checks)
                && (!before.settled() || now.checks().size() == checks.size());
    }
}
