// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.verification.EraseNumber;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.secret.Keyring;
import java.util.UUID;

/** Forgets all verifications of a number. */
public final class NumberEraser {
    private final Ledger ledger;
    private final KeyedHashes hashes;

    public NumberEraser(Ledger ledger, Keyring keyring) {
        this.ledger = ledger;
        this.hashes = new KeyedHashes(keyring);
    }

    /**
     * Forgets what one account has of a number.
     *
     * @return how many verifications there were
     */
    public int erase(UUID account, String e164) {
        int erased = 0;
        while (ledger.execute(new EraseNumber(hashes.number(account, e164)))) {
            erased++;
        }
        return erased;
    }
}
