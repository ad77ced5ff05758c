// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * An amount of money, exact.
 *
 * @param micros millionths of the currency's unit; may be negative
 * @param currency ISO 4217, such as {@code EUR}
 */
public record Money(long micros, String currency) {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int DECIMALS = 6;

    public Money {
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException("a currency has three capital letters");
        }
    }

    /**
     * Reads what a person or a provider writes, such as {@code 0.0075}; what is below a millionth is rounded half up.
     *
     * @throws IllegalArgumentException when the amount is not a decimal number, or too large
     */
    public static Money of(String amount, String currency) {
        try {
            BigDecimal micros = new BigDecimal(amount).setScale(DECIMALS, RoundingMode.HALF_UP);
            return new Money(micros.unscaledValue().longValueExact(), currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too large", e);
        }
    }

    /** Such as {@code 0.0075 EUR}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros().toPlainString() + " " + currency;
    }
}
