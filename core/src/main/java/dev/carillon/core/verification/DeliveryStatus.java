// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

/** What is known of a message on its way. A message moves forward only: to a status of higher rank. */
public enum DeliveryStatus {
    /** The provider reported something that says nothing. */
    UNKNOWN(0),
    /** The provider accepted it. */
    SUBMITTED(1),
    IN_TRANSIT(2),
    /** It never left: refused by the provider, or the provider was down. Nobody can have seen its code. */
    NOT_SENT(3),
    UNDELIVERABLE(3),
    /** It arrived; the last word, even after a report that it could not be delivered. */
    DELIVERED(4);

    private final int rank;

    DeliveryStatus(int rank) {
        this.rank = rank;
    }

    /** Whether a message in this status can still move to {@code next}. */
    public boolean canBecome(DeliveryStatus next) {
        return next.rank > rank;
    }
}
