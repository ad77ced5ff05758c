// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.verification.Verification;
import java.util.Optional;
import java.util.UUID;

/** Reads verifications as they were last committed, without the ledger. */
public final class VerificationReader {
    private final Store store;

    public VerificationReader(Store store) {
        this.store = store;
    }

    public Optional<Verification> find(UUID id) {
        return store.read(RowKind.VERIFICATION, id).map(body -> RowFormat.VERIFICATION.read(id, body));
    }
}
