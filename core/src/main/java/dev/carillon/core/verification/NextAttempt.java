// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Policy;
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
 */
public record NextAttempt(UUID id, Code code, CodeVault vault) {

    /** The attempt that opens a window. */
    AttemptQueued first(UUID verification, Channel channel, String senderId, Instant expiresAt, Instant now) {
        CodeHash hash = vault.hash(verification, code, vault.currentPepper());
        return new AttemptQueued(
                now, id, 1, channel, senderId, Optional.of(hash), Optional.of(vault.seal(code, id, expiresAt)));
    }

    /** The attempt that follows the others of an open window. */
    AttemptQueued following(Verification verification, Policy policy, Instant now) {
        List<AttemptQueued> attempts = verification.attempts();
        AttemptQueued last = attempts.getLast();
        boolean repeats = verification.test() || policy.acceptCodes() == AcceptCodes.SAME;
        Optional<Code> repeated = repeats ? open(attempts.getFirst()) : Optional.empty();
        Optional<CodeHash> hash = verification.test()
                ? attempts.getFirst().code()
                : Optional.of(vault.hash(verification.id(), repeated.orElse(code), vault.currentPepper()));
        Sealed content = vault.seal(repeated.orElse(code), id, verification.expiresAt());
        return new AttemptQueued(
                now, id, last.number() + 1, last.channel(), last.senderId(), hash, Optional.of(content));
    }

    private Optional<Code> open(AttemptQueued attempt) {
        return attempt.content().flatMap(content -> vault.open(content, attempt.id()));
    }
}
