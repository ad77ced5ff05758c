// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One verification: all that was asked about it, and what it told. */
final class Case {
    private final String id;
    private final List<Exchange> exchanges;
    private final Set<String> codes = new HashSet<>();
    private final Optional<Exchange> last;
    private final Optional<Story> story;

    Case(String id, List<Exchange> exchanges) {
        this.id = id;
        this.exchanges = exchanges.stream()
                .sorted(Comparator.comparingLong(Exchange::from))
                .toList();
        this.last = readings().stream().reduce((_, later) -> later);
        this.story = last.map(Story::of);
        readings().forEach(reading -> codes.addAll(Story.of(reading).codes()));
    }

    String id() {
        return id;
    }

    /** All, in the order in which they were asked. */
    List<Exchange> exchanges() {
        return exchanges;
    }

    List<Exchange> all(Operation operation) {
        return exchanges.stream()
                .filter(exchange -> exchange.operation() == operation)
                .toList();
    }

    /** Stories that were told. */
    List<Exchange> readings() {
        return all(Operation.STATUS).stream().filter(Exchange::isAnswered).toList();
    }

    /** As it was told last; empty when it never was. */
    Optional<Story> story() {
        return story;
    }

    String lastBody() {
        return last.map(Exchange::body).orElse("");
    }

    /** Whether its story was told after everything that may have changed it. */
    boolean isExamined() {
        return last.isPresent()
                && exchanges.stream()
                        .filter(exchange -> exchange.operation() != Operation.STATUS)
                        .allMatch(exchange -> exchange.isBefore(last.get()));
    }

    /** Whether a code was sent in it, as far as anyone has read. */
    boolean isSent(String code) {
        return codes.contains(code);
    }

    /** Whether the codes of all its messages were read, so that any other is a wrong one. */
    boolean areAllCodesKnown() {
        return story.filter(told -> told.attempts().size() == codes.size()).isPresent();
    }

    /** Whether a check may have been, or be yet, the one that is accepted. */
    boolean mayBeAccepted(Exchange check) {
        return check.operation() == Operation.CHECK
                && check.outcome() != Exchange.Outcome.REFUSED
                && (check.isAnswered()
                        ? check.field("status").equals("valid")
                        : isSent(check.input()) || !areAllCodesKnown());
    }

    static boolean isUnsent(Story story) {
        boolean failed =
                story.attempts().stream().anyMatch(attempt -> attempt.status().equals("failed"));
        return isUnheardOf(story) || (failed && !story.isValidated());
    }

    /** Whether nobody has said yet what becomes of a message. */
    static boolean isUnheardOf(Story story) {
        return !story.isValidated() && story.attempts().stream().anyMatch(attempt -> !attempt.heardOf());
    }
}
