// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.CodeHash;
import dev.carillon.core.verification.CodeVault;
import dev.carillon.core.verification.Sealed;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.WindowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The cryptography of codes by the store's keyring and the keys of its windows. */
public final class KeyringVault implements CodeVault {
    private final Keyring keyring;
    private final WindowKeys windows;

    public KeyringVault(Keyring keyring, WindowKeys windows) {
        this.keyring = keyring;
        this.windows = windows;
    }

    @Override
    public int currentPepper() {
        return keyring.currentPepper();
    }

    @Override
    public CodeHash hash(UUID verification, Code code, int pepper) {
        return new CodeHash(pepper, keyring.hmac(pepper, KeyedHashes.bytes(verification), digits(code)));
    }

    @Override
    public Sealed seal(Code code, UUID id, Instant until) {
        return new Sealed(windows.seal(digits(code), until, id));
    }

    @Override
    public Optional<Code> open(Sealed code, UUID id) {
        return windows.open(code.bytes(), id).map(digits -> new Code(new String(digits, StandardCharsets.US_ASCII)));
    }

    private static byte[] digits(Code code) {
        return code.digits().getBytes(StandardCharsets.US_ASCII);
    }
}
