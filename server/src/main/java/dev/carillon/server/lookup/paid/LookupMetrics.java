// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

/** Is told how paid lookups go. Thread-safe. */
@FunctionalInterface
public interface LookupMetrics {
    /** Tells nobody. */
    LookupMetrics NONE = (provider, outcome) -> {};

    /** What became of a question. */
    enum Outcome {
        FOUND,
        /** The provider knows nothing of the number. */
        NOTHING,
        FAILED,
        /** It was not asked, since it has been failing. */
        SKIPPED
    }

    void asked(String provider, Outcome outcome);
}
