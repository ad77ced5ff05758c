// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

/** What came of a letter that was leased. */
sealed interface Outcome {
    Letter letter();

    /** Everything before {@code next} was told; there may be more by now. */
    record Told(Letter letter, int next) implements Outcome {}

    /** Everything before {@code next} was told, and that failed. */
    record Failed(Letter letter, int next, String error) implements Outcome {}

    /** Nobody is left to be told, or nothing to tell. */
    record Moot(Letter letter) implements Outcome {}
}
