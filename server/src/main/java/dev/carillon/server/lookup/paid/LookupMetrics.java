// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Money;

/** Is told how paid lookups go. Thread-safe. */
public interface LookupMetrics {
    /** Tells nobody. */
    LookupMetrics NONE = new LookupMetrics() {
        @Override
        public void asked(String provider, Outcome outcome) {}

        @Override
        public void paid(String provider, Money price) {}
    };

    /** What became of a question. */
    enum Outcome {
        FOUND,
        /** The provider knows nothing of the number. */
        NOTHING,
        FAILED,
        /** It was not asked, since it has been failing or the account cannot pay. */
        SKIPPED
    }

    void asked(String provider, Outcome outcome);

    /** A question was answered that has a price. */
    void paid(String provider, Money price);
}
