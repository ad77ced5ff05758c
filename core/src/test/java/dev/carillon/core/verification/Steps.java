// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.AcceptCodes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What can happen to a handful of numbers, for tests that let it happen in any order. */
sealed interface Steps {
    /** The last of the numbers is a test number. */
    int NUMBERS = 4;

    int TEST_NUMBER = NUMBERS - 1;

    /** Which code is typed. */
    enum Typed {
        /** One that nobody has. */
        WRONG,
        /** What cannot be a code. */
        NONSENSE,
        /** The newest of the window. */
        NEWEST,
        /** The first of the window. */
        FIRST,
        /** Of an earlier window of the number. */
        EARLIER_WINDOW,
        /** Of another number. */
        ANOTHER_NUMBER,
        /** The one that the test number accepts. */
        TEST_NUMBERS
    }

    /** A create, possibly the same as the one before. */
    record Create(int number, boolean repeated) implements Steps {}

    /** A check of the newest verification of a number, or of the one {@code back} before it. */
    record Check(int number, int back, Typed typed) implements Steps {}

    record Retry(int number, int back) implements Steps {}

    record Report(int number, int back, int attempt, DeliveryStatus status) implements Steps {}

    /** A message was handed over, or could not be: by which hop, and whether its receipts come under the provider's id. */
    record Sent(
            int number,
            int back,
            int attempt,
            int hop,
            DeliveryStatus status,
            Optional<Failure> failure,
            boolean referred)
            implements Steps {}

    /** A receipt under the provider's id. */
    record Referred(int number, int back, int attempt, DeliveryStatus status) implements Steps {}

    /** Somebody looks whether a message has arrived. */
    record FallBack(int number, int back, int attempt) implements Steps {}

    record ChangeRoutes(boolean messenger, boolean second, boolean fallback) implements Steps {}

    record Feedback(int number, boolean onboarded) implements Steps {}

    /** Time passes, or the clock is set back. */
    record Time(Duration passed) implements Steps {}

    record ChangePolicy(int maxChecks, AcceptCodes accept, boolean autoRetry) implements Steps {}

    record RotatePepper() implements Steps {}

    static Arbitrary<Steps> any() {
        Arbitrary<Integer> number = Arbitraries.of(0, 0, 0, 1, 2, TEST_NUMBER);
        Arbitrary<Integer> back = Arbitraries.of(0, 0, 0, 0, 1, 2);
        Arbitrary<Typed> typed = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Typed.WRONG)), Tuple.of(4, Arbitraries.of(Typed.class)));
        return Arbitraries.frequencyOf(
                Tuple.of(
                        4,
                        Combinators.combine(number, Arbitraries.of(true, false)).as(Create::new)),
                Tuple.of(8, Combinators.combine(number, back, typed).as(Check::new)),
                Tuple.of(4, Combinators.combine(number, back).as(Retry::new)),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        number,
                                        back,
                                        Arbitraries.integers().between(0, 3),
                                        Arbitraries.of(DeliveryStatus.class))
                                .as(Report::new)),
                Tuple.of(
                        4,
                        Combinators.combine(
                                        number,
                                        back,
                                        attempts(),
                                        Arbitraries.of(0, 0, 1),
                                        Arbitraries.of(DeliveryStatus.SUBMITTED, DeliveryStatus.UNKNOWN),
                                        Arbitraries.of(Failure.class).optional(0.4),
                                        Arbitraries.of(true, false))
                                .as(Sent::new)),
                Tuple.of(
                        2,
                        Combinators.combine(number, back, attempts(), Arbitraries.of(DeliveryStatus.class))
                                .as(Referred::new)),
                Tuple.of(4, Combinators.combine(number, back, attempts()).as(FallBack::new)),
                Tuple.of(
                        1,
                        Combinators.combine(
                                        Arbitraries.of(true, false),
                                        Arbitraries.of(true, false),
                                        Arbitraries.of(true, true, false))
                                .as(ChangeRoutes::new)),
                Tuple.of(
                        1,
                        Combinators.combine(number, Arbitraries.of(true, false)).as(Feedback::new)),
                Tuple.of(5, Arbitraries.of(times()).map(Time::new)),
                Tuple.of(
                        1,
                        Combinators.combine(
                                        Arbitraries.integers().between(1, 10),
                                        Arbitraries.of(AcceptCodes.class),
                                        Arbitraries.of(true, true, false))
                                .as(ChangePolicy::new)),
                Tuple.of(1, Arbitraries.just(new RotatePepper())));
    }

    private static Arbitrary<Integer> attempts() {
        return Arbitraries.of(1, 1, 1, 2, 2, 3, 4, 9);
    }

    private static List<Duration> times() {
        return List.of(
                Duration.ofNanos(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofHours(7),
                Duration.ofNanos(-1),
                Duration.ofSeconds(-30),
                Duration.ofMinutes(-10),
                Duration.ofHours(-7));
    }
}
