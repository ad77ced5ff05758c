// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The cryptography of codes. A function of its arguments and of keys that do not change under it, so that a decision made with
 * it can be made again.
 */
public interface CodeVault {

    /** The pepper for new codes. */
    int currentPepper();

    /** The hash under which a code of this verification is stored. */
    CodeHash hash(UUID verification, Code code, int pepper);

    /**
     * Encrypts a code so that it can be read until {@code until} (to the minute) and by nobody afterwards.
     *
     * @param id a random id that is used for this code alone
     */
    Sealed seal(Code code, UUID id, Instant until);

    /** Decrypts what {@link #seal} made with the same id; empty once its time is over. */
    Optional<Code> open(Sealed code, UUID id);
}
