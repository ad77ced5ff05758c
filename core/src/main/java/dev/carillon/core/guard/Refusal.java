// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.time.Instant;
import java.util.Optional;

/**
 * Why no message was sent.
 *
 * @param kind what the customer is told
 * @param rule the rule that refused, by the name that the documentation gives it, such as {@code number-hour}
 * @param availableAt from when it would be allowed, where that is known
 */
public record Refusal(Kind kind, String rule, Optional<Instant> availableAt) {

    /** The two refusals that a create knows. */
    public enum Kind {
        RATE_LIMITED,
        SPAM
    }

    public static Refusal rateLimited(String rule, Instant availableAt) {
        return new Refusal(Kind.RATE_LIMITED, rule, Optional.of(availableAt));
    }

    public static Refusal rateLimited(LimitName limit, Instant availableAt) {
        return rateLimited(limit.text(), availableAt);
    }

    public static Refusal spam(String rule) {
        return new Refusal(Kind.SPAM, rule, Optional.empty());
    }
}
