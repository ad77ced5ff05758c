// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import dev.carillon.core.account.Money;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules on answers and receipts that all HTTP providers share. */
public final class Outcomes {
    private static final int MAX_DETAIL = 200;
    private static final int MAX_CODE = 40;
    private static final Duration OFF = Duration.ofMinutes(5);
    /** Providers quote what they were sent: the number, and of the text the code. */
    private static final Pattern DIGITS = Pattern.compile("[0-9](?:[ .()-]{0,2}[0-9]){3,}");

    private static final Pattern NOT_PLAIN = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final Pattern NOT_CODE = Pattern.compile("[^A-Za-z0-9_.:/-]+");
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,9}(?:\\.[0-9]{1,12})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

    private Outcomes() {}

    /**
     * What an answer means that accepts nothing: 408, 504 and a success that cannot be read leave open whether the message went out;
     * everything else is a fault.
     */
    public static SendResult byStatus(HttpReply reply, String detail) {
        boolean open = reply.isSuccess() || reply.status() == 408 || reply.status() == 504;
        return open ? new SendResult.Unknown(detail) : new SendResult.Fault(detail);
    }

    /**
     * What a refusal means.
     *
     * @param reasons of the codes that lie in the message; with any other it is as {@link #byStatus} has it
     */
    public static SendResult refusal(
            HttpReply reply, Map<String, Reason> reasons, Optional<String> code, Optional<String> words) {
        String detail = detail(reply, code, words);
        return code.map(reasons::get)
                .<SendResult>map(reason -> new SendResult.Rejected(reason, detail))
                .orElseGet(() -> byStatus(reply, detail));
    }

    /** The status with the provider's code and words. */
    public static String detail(HttpReply reply, Optional<String> code, Optional<String> words) {
        return bounded(reply + detail(code, words));
    }

    /** The provider's code and words, as an operator may read them: see {@link #words}. */
    public static String detail(String code, String words) {
        return bounded(detail(Optional.of(code), Optional.of(words)).strip());
    }

    /** At most 200 characters on one line in which no number and no code is left: runs of four or more digits become {@code #}. */
    public static String words(String text) {
        // Cut before and after: what a provider writes may be long, and the mark is shorter than what it hides.
        String start = text.length() > 4 * MAX_DETAIL ? text.substring(0, 4 * MAX_DETAIL) : text;
        return bounded(
                DIGITS.matcher(NOT_PLAIN.matcher(start).replaceAll(" ").strip()).replaceAll("#"));
    }

    /** Whether a time that was signed is near enough: at most five minutes off. */
    public static boolean isFresh(Instant signed, Instant now) {
        return Duration.between(signed, now).abs().compareTo(OFF) <= 0;
    }

    /** What a message cost, when this is an amount; some providers write costs with a minus. */
    public static Optional<Money> price(Optional<String> amount, Optional<String> currency) {
        if (amount.filter(text -> AMOUNT.matcher(text).matches()).isEmpty()
                || currency.filter(text -> CURRENCY.matcher(text).matches()).isEmpty()) {
            return Optional.empty();
        }
        String digits = amount.get().replace("-", "");
        return Optional.of(Money.of(digits, currency.get().toUpperCase(Locale.ROOT)));
    }

    private static String detail(Optional<String> code, Optional<String> words) {
        return code.map(text -> NOT_CODE.matcher(text).replaceAll(""))
                        .map(text -> " " + text.substring(0, Math.min(text.length(), MAX_CODE)))
                        .orElse("")
                + words.map(text -> " " + words(text)).orElse("");
    }

    private static String bounded(String text) {
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL - 1) + "…";
    }
}
