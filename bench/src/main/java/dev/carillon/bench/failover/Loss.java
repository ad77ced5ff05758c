// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.failover;

import dev.carillon.bench.history.Exchange;
import dev.carillon.bench.history.Exchange.Outcome;
import dev.carillon.bench.history.Operation;
import java.time.Duration;
import java.util.List;

/**
 * One loss of the primary, as clients saw it. Times are nanoseconds of the history.
 *
 * @param number from 1
 * @param deed what was done to it
 * @param from when its load began
 * @param begun when somebody set about it
 * @param done when it had happened
 * @param to when its load ended
 * @param promoted how long it took until there was another primary
 */
record Loss(int number, String deed, long from, long begun, long done, long to, Duration promoted) {

    /** What was asked in its time. */
    List<Exchange> of(List<Exchange> all) {
        return all.stream()
                .filter(exchange -> exchange.from() >= from && exchange.from() <= to)
                .toList();
    }

    static long count(List<Exchange> exchanges, Outcome outcome) {
        return exchanges.stream()
                .filter(exchange -> exchange.outcome() == outcome)
                .count();
    }

    /**
     * How long nobody was served: from the beginning of the first request that was not answered, to the first answer to a request
     * that was made when the primary was gone. Only requests that write: others may be answered by what is left.
     */
    Duration outage(List<Exchange> exchanges) {
        List<Exchange> writes = exchanges.stream()
                .filter(exchange -> exchange.operation() != Operation.STATUS)
                .toList();
        long failed = writes.stream()
                .filter(exchange -> exchange.to() >= begun && exchange.outcome() != Outcome.ANSWERED)
                .mapToLong(Exchange::from)
                .min()
                .orElse(done);
        long served = writes.stream()
                .filter(exchange -> exchange.from() >= done && exchange.outcome() == Outcome.ANSWERED)
                .mapToLong(Exchange::to)
                .min()
                .orElse(to);
        return Duration.ofNanos(Math.max(0, served - failed));
    }
}
