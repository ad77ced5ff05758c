// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Policy;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Purpose;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a command brings along for the message that it may send.
 *
 * @param id a fresh id
 * @param code a fresh code; not used where the window repeats its first one
 * @param vault the cryptography of codes
 * @param routes where it can go
 */
public record NextAttempt(UUID id, Code code, CodeVault vault, Routes routes) {

    /**
     * The attempt that opens a window.
     *
     * @param network the network that the number was last seen in
     */
    AttemptQueued first(Verification opened, Optional<Network> network, Instant now) {
        return new AttemptQueued(
                now,
                id,
                1,
                routes.plan(opened, network, Purpose.FIRST, now),
                false,
                Optional.of(vault.hash(opened.id(), code, vault.currentPepper())),
                Optional.of(vault.seal(code, id, opened.expiresAt())));
    }

    /** The attempt that follows the others of an open window. */
    AttemptQueued following(Verification verification, Policy policy, Purpose purpose, Instant now) {
        List<AttemptQueued> attempts = verification.attempts();
        boolean repeats = verification.test() || policy.acceptCodes() == AcceptCodes.SAME;
        Optional<Code> repeated = repeats ? open(attempts.getFirst()) : Optional.empty();
        Optional<CodeHash> hash = verification.test()
                ? attempts.getFirst().code()
                : Optional.of(vault.hash(verification.id(), repeated.orElse(code), vault.currentPepper()));
        return new AttemptQueued(
                now,
                id,
                attempts.getLast().number() + 1,
                routes.plan(verification, verification.network(), purpose, now),
                purpose == Purpose.FALLBACK,
                hash,
                Optional.of(vault.seal(repeated.orElse(code), id, verification.expiresAt())));
    }

    private Optional<Code> open(AttemptQueued attempt) {
        return attempt.content().flatMap(content -> vault.open(content, attempt.id()));
    }
}
