// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bench.history.Exchange;
import dev.carillon.bench.history.Exchange.Outcome;
import dev.carillon.bench.history.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossTest {
    /** The primary went between second 10 and 11. */
    private static final Loss LOSS = new Loss(1, "kill", at(5), at(10), at(11), at(60), Duration.ofSeconds(20));

    @Test
    void anOutageIsFromTheFirstThatFailedToTheFirstThatWasServed() {
        List<Exchange> exchanges = List.of(
                exchange(8, 9, Operation.CHECK, 0), // failed before, for another reason
                exchange(9, 12, Operation.CHECK, 200), // the old primary's last answer
                exchange(9.5, 14, Operation.CREATE, 0),
                exchange(12, 13, Operation.CHECK, 503),
                exchange(13, 14, Operation.STATUS, 200), // a read, which needs no primary
                exchange(20, 35, Operation.CREATE, 200),
                exchange(34, 36, Operation.CREATE, 200));

        assertThat(LOSS.outage(exchanges)).isEqualTo(Duration.ofMillis(25_500));
    }

    @Test
    void nobodyNeedNotice() {
        List<Exchange> exchanges =
                List.of(exchange(9, 12, Operation.CHECK, 200), exchange(11, 12, Operation.CHECK, 200));
        assertThat(LOSS.outage(exchanges)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatWasAskedInItsTimeIsCounted() {
        List<Exchange> all = List.of(
                exchange(1, 2, Operation.CREATE, 200),
                exchange(5, 6, Operation.CREATE, 200),
                exchange(60, 70, Operation.CREATE, 502),
                exchange(61, 62, Operation.CREATE, 200));

        List<Exchange> its = LOSS.of(all);

        assertThat(its).hasSize(2);
        assertThat(Loss.count(its, Outcome.ANSWERED)).isEqualTo(1);
        assertThat(Loss.count(its, Outcome.UNKNOWN)).isEqualTo(1);
    }

    private static Exchange exchange(double from, double to, Operation operation, int http) {
        return new Exchange(at(from), at(to), "proxy", operation, "+33612345678", "", "", "", http, "{}");
    }

    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }
}
