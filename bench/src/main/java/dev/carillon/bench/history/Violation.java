// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

/**
 * A promise that was broken.
 *
 * @param rule which, in a few words that are the same each time
 * @param about the verification or number
 * @param detail what was seen
 */
public record Violation(String rule, String about, String detail) {
    @Override
    public String toString() {
        return rule + ": " + about + ": " + detail;
    }
}
