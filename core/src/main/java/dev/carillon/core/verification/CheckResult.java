// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

/** The answer to a check. */
public enum CheckResult {
    /** The right code, for the first time; it closes the window. */
    VALID,
    INVALID,
    /** No message ever left, so that nobody can know a code. */
    WITHOUT_ATTEMPT,
    /** The budget of checks is spent; nothing was compared. */
    RATE_LIMITED,
    /** The code that was accepted before. */
    ALREADY_VALIDATED,
    EXPIRED;

    /** Whether a code was compared, so that the check counts against the budget. */
    public boolean wasCompared() {
        return this == VALID || this == INVALID;
    }
}
