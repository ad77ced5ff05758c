// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import java.math.BigDecimal;

/** Amounts of money as JSON numbers. */
final class Amount {
    private static final int DECIMALS = 6;

    private Amount() {}

    /** Exact, without an exponent and without zeros at its end. */
    static BigDecimal of(long micros) {
        BigDecimal exact = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
