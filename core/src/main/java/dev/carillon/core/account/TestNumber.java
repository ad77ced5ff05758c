// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A number that gets no message, costs nothing and accepts one fixed code: for reviews by app stores and end-to-end tests.
 * It is exempt from the limits on sending, never from the budget of checks.
 *
 * @param e164 the number
 * @param code the only code that is accepted
 * @param outcome what happens to its verifications
 */
public record TestNumber(String e164, String code, Outcome outcome) {

    public TestNumber {
        if (!code.matches("[0-9]{4,8}")) {
            throw new IllegalArgumentException("the code of a test number must be 4 to 8 digits");
        }
    }

    /** The scripted ends of a test number. */
    public enum Outcome {
        /** The fixed code is accepted. */
        VALID,
        /** A create answers {@code rate_limited}. */
        RATE_LIMITED,
        /** A create answers {@code spam_detected}. */
        SPAM,
        /** The window is over at once. */
        EXPIRED,
        /** No code is ever right. */
        INVALID;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Outcome> of(String text) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.text().equals(text))
                    .findFirst();
        }
    }
}
