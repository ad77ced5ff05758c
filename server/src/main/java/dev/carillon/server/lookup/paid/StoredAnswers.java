// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.KeepPaidAnswer;
import dev.carillon.core.verification.PaidAnswer;
import dev.carillon.core.verification.Sealed;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.NumberReader;
import dev.carillon.server.secret.Keyring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** Answers in the store: under a keyed hash of account and number, encrypted, for all nodes, until they are too old. */
public final class StoredAnswers implements KnownAnswers {
    private final Ledger ledger;
    private final NumberReader reader;
    private final Keyring keyring;

    public StoredAnswers(Ledger ledger, NumberReader reader, Keyring keyring) {
        this.ledger = ledger;
        this.reader = reader;
        this.keyring = keyring;
    }

    @Override
    public KnownAnswer find(UUID account, PhoneNumber number) {
        UUID key = key(account, number.value());
        return reader.paidAnswer(key)
                .map(row -> KnownAnswer.read(keyring.open(row.content().bytes(), bytes(key))))
                .orElse(KnownAnswer.NONE);
    }

    @Override
    public void keep(UUID account, PhoneNumber number, KnownAnswer answer) {
        UUID key = key(account, number.value());
        Sealed content = new Sealed(keyring.seal(answer.toBytes(), bytes(key)));
        boolean _ = ledger.execute(new KeepPaidAnswer(key, Optional.of(new PaidAnswer(content, answer.expiresAt()))));
    }

    /** Forgets what is kept of a number for an account. */
    public void forget(UUID account, String e164) {
        boolean _ = ledger.execute(new KeepPaidAnswer(key(account, e164), Optional.empty()));
    }

    private UUID key(UUID account, String e164) {
        return keyring.lookup("paid-answer", bytes(account), e164.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
