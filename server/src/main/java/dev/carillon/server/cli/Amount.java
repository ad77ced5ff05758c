// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Money;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as operators write and read them. */
final class Amount {
    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,12}(?:\\.[0-9]{1,6})?)(?: ([A-Z]{3}))?");
    private static final int DECIMALS = 6;

    private Amount() {}

    /** An amount with the currency that was named with it, if any. */
    record Given(long micros, Optional<String> currency) {}

    /**
     * Reads {@code 12.50} or {@code 12.50 EUR}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    static Given parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an amount, such as 12.50");
        }
        Optional<String> currency = Optional.ofNullable(form.group(2));
        return new Given(Money.of(form.group(1), currency.orElse("XXX")).micros(), currency);
    }

    /** The same for an amount whose currency is known. */
    static long micros(String text) {
        Given given = parse(text);
        if (given.currency().isPresent()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is in the currency of the account's prices: leave it out");
        }
        return given.micros();
    }

    /** Exact, such as {@code -0.009}. */
    static String text(long micros) {
        return BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros().toPlainString();
    }
}
