// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.NumberRecord;
import dev.carillon.core.verification.Sighting;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.ledger.NumberReader;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.secret.Keyring;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * The networks that receipts named. Nothing is stored for them but what is stored of a number anyway, so that {@code erase} and
 * retention need not know of them. Thread-safe.
 */
public final class SeenNetworks {
    private final NumberReader numbers;
    private final VerificationReader verifications;
    private final KeyedHashes hashes;
    private final InstantSource clock;

    public SeenNetworks(NumberReader numbers, VerificationReader verifications, Keyring keyring, InstantSource clock) {
        this.numbers = numbers;
        this.verifications = verifications;
        this.hashes = new KeyedHashes(keyring);
        this.clock = clock;
    }

    /**
     * What receipts of an account's messages told last of a number. Reads one row of a number that the account never wrote to, else
     * two.
     *
     * @throws dev.carillon.server.ledger.StoreException when the store cannot be read
     */
    public Optional<Sighting> of(UUID account, PhoneNumber number) {
        Optional<NumberRecord> record = numbers.record(hashes.number(account, number.value()));
        Optional<Verification> window = record.flatMap(NumberRecord::latest).flatMap(verifications::find);
        Instant now = clock.instant();
        return record.flatMap(found -> found.sighting(window, now));
    }
}
