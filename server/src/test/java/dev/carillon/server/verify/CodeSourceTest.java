// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.Code;
import dev.carillon.server.secret.TestClock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chance itself is not tested here, but that nothing is cut off: with this many codes a false alarm is out of the question. */
class CodeSourceTest {
    private final TestClock clock = new TestClock();
    private final Ids ids = new Ids(clock);
    private final CodeSource codes = CodeSource.random(ids);

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8})
    void everyDigitComesInEveryPlace(int length) {
        List<String> drawn = Stream.generate(() -> codes.next(length))
                .limit(3000)
                .map(Code::digits)
                .toList();
        assertThat(drawn).allSatisfy(digits -> assertThat(digits).matches("[0-9]{" + length + "}"));
        for (int place = 0; place < length; place++) {
            int at = place;
            assertThat(drawn.stream().map(digits -> digits.charAt(at)).distinct())
                    .hasSize(10);
        }
    }

    @Test
    void everyFourDigitCodeComes() {
        assertThat(Stream.generate(() -> codes.next(4)).limit(300_000).distinct())
                .hasSize(10_000);
    }

    @Test
    void idsAreFreshAndTellTheTime() {
        assertThat(IntStream.range(0, 10_000).mapToObj(_ -> ids.next()))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(TimeOrderedId.timeOf(id)).isEqualTo(clock.instant()));
    }
}
