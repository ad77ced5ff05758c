// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.verification.FallBack;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.secret.Keyring;
import java.time.Instant;
import java.util.UUID;

/** Sends another message, unasked, in place of one that did not arrive. Thread-safe. */
public final class Fallbacks {
    private final Ledger ledger;
    private final KeyedHashes hashes;
    private final Attempts attempts;

    public Fallbacks(Ledger ledger, Keyring keyring, Attempts attempts) {
        this.ledger = ledger;
        this.hashes = new KeyedHashes(keyring);
        this.attempts = attempts;
    }

    /** Whether there would be another way, so that it is worth to look whether the window's last message arrives. */
    public boolean isWorthWhile(AccountView account, Verification verification, Instant now) {
        return attempts.hasAnother(account, verification, now);
    }

    /**
     * Sends another message if the attempt did not arrive, the account wants it and there is another way; else does nothing.
     *
     * @param item the outbox item that is done with: the attempt's id
     * @return whether another message goes out
     * @throws dev.carillon.server.ledger.OverloadedException when too much is waiting; nothing was done
     */
    public boolean run(AccountView account, UUID verification, int attempt, UUID item) {
        return ledger.execute(new FallBack(
                verification,
                attempt,
                item,
                account.account().policy(),
                hashes.messageLimits(account.account().id()),
                attempts.of(account)));
    }
}
