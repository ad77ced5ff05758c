// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

/** Why an account cannot pay. */
public enum Unpaid {
    /** The balance would fall below its floor. */
    NEGATIVE_BALANCE,
    /** The day's spending would exceed its cap. */
    SPENDING_LIMIT
}
