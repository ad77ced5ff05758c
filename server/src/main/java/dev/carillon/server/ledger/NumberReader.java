// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.verification.NumberRecord;
import dev.carillon.core.verification.PaidAnswer;
import java.util.Optional;
import java.util.UUID;

/** Reads what is known of numbers as it was last committed, without the ledger. Rows that have expired may still be there. */
public final class NumberReader {
    private final Store store;

    public NumberReader(Store store) {
        this.store = store;
    }

    /** @param key a keyed hash of account and number */
    public Optional<NumberRecord> record(UUID key) {
        return store.read(RowKind.NUMBER, key).map(body -> RowFormat.NUMBER.read(key, body));
    }

    /** @param key a keyed hash of account and number, another than the record's */
    public Optional<PaidAnswer> paidAnswer(UUID key) {
        return store.read(RowKind.PAID_ANSWER, key).map(body -> RowFormat.PAID_ANSWER.read(key, body));
    }
}
