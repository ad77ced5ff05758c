// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an account has decided about its verifications. Every rule reads the policy of the moment, so that a change holds for
 * windows that are open; only a window's end is fixed when it opens.
 *
 * @param window how long a window stays open: 1 second to 60 minutes (OWASP ASVS 6.5.5 asks for 10 minutes at most)
 * @param codeLength digits of a code: 4 to 8 (ASVS 6.5.4 asks for 6 at least)
 * @param maxChecks checks that are compared in one window, over all its codes: 1 to 10
 * @param retryAfter how long after the attempt before it each retry is available: at most 10 entries, 0 to 1 hour each
 * @param acceptCodes which codes of the window are accepted
 * @param autoRetry whether a create inside an open window sends again (Ding's stateless mode)
 * @param showCodes whether the status shows codes while the window is open
 * @param brand who the message says it is from: 1 to 20 characters
 * @param defaultLocale the locale of messages when the create names none; empty: the language of the number's country
 * @param countries where the account sends to
 * @param senders the sender ids that a create may name
 * @param originDomain the web site whose browsers may fill the code in by themselves ({@code @domain #code})
 * @param channels by which channels messages go
 * @param limits the guard's limits
 * @param numbers what it thinks of numbers
 * @param spending how much it may spend
 */
public record Policy(
        Duration window,
        int codeLength,
        int maxChecks,
        List<Duration> retryAfter,
        AcceptCodes acceptCodes,
        boolean autoRetry,
        boolean showCodes,
        Optional<String> brand,
        Optional<String> defaultLocale,
        Countries countries,
        Set<String> senders,
        Optional<String> originDomain,
        Channels channels,
        Limits limits,
        NumberRules numbers,
        Spending spending) {

    public static final Duration MAX_WINDOW = Duration.ofMinutes(60);
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    public static final Policy STANDARD = new Policy(
            Duration.ofMinutes(10),
            6,
            5,
            Durations.parseList("30s,60s,120s"),
            AcceptCodes.ANY,
            true,
            false,
            Optional.empty(),
            Optional.empty(),
            Countries.ALL,
            Set.of(),
            Optional.empty(),
            Channels.STANDARD,
            Limits.STANDARD,
            NumberRules.STANDARD,
            Spending.UNLIMITED);

    public Policy {
        require(within(window, Duration.ofSeconds(1), MAX_WINDOW), "window must be 1s to 60m");
        require(codeLength >= 4 && codeLength <= 8, "code-length must be 4 to 8");
        require(maxChecks >= 1 && maxChecks <= 10, "max-checks must be 1 to 10");
        require(retryAfter.size() <= 10, "retry-after must have at most 10 entries");
        for (Duration delay : retryAfter) {
            require(within(delay, Duration.ZERO, MAX_RETRY_AFTER), "each retry-after must be 0s to 1h");
        }
        brand.ifPresent(text -> require(
                !text.isBlank() && text.length() <= 20 && text.chars().noneMatch(Character::isISOControl),
                "brand must be 1 to 20 characters with no control characters"));
        retryAfter = List.copyOf(retryAfter);
        senders = Set.copyOf(senders);
    }

    /** The least time between two messages to one number when the window before was not verified. */
    public Duration cooldown() {
        if (limits.isSet(LimitName.NUMBER_COOLDOWN)) {
            return limits.get(LimitName.NUMBER_COOLDOWN).map(Limit::interval).orElse(Duration.ZERO);
        }
        // The first step of the retry schedule; a shorter window ends before that, and its end is a promise.
        Duration first = retryAfter.isEmpty() ? Duration.ofSeconds(30) : retryAfter.getFirst();
        return first.compareTo(window) < 0 ? first : window;
    }

    private static boolean within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
