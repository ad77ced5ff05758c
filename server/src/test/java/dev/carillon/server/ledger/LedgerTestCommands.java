// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.Route;
import dev.carillon.core.verification.CheckCode;
import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.CodeHash;
import dev.carillon.core.verification.CodeVault;
import dev.carillon.core.verification.CreateVerification;
import dev.carillon.core.verification.EraseNumber;
import dev.carillon.core.verification.GiveFeedback;
import dev.carillon.core.verification.NextAttempt;
import dev.carillon.core.verification.RetryVerification;
import dev.carillon.core.verification.Routes;
import dev.carillon.core.verification.Sealed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Commands of one account, with a vault that hides nothing. */
final class LedgerTestCommands implements CodeVault {
    Policy policy = Policy.STANDARD;
    Optional<Terms> terms = Optional.empty();

    static final UUID ACCOUNT = new UUID(1, 1);
    static final String RIGHT = "123456";
    static final String WRONG = "000000";
    private static final Routes ROUTES =
            (_, _, _, _) -> new Route(List.of(new Hop(Channel.SMS, "simulator", "Acme")), List.of());

    private final AtomicLong lastId = new AtomicLong();

    UUID freshId() {
        return new UUID(0x4000L, lastId.incrementAndGet());
    }

    static UUID number(int suffix) {
        return new UUID(2, suffix);
    }

    /** A create with other fields than all others. */
    CreateVerification create(int number) {
        return create(number, lastId.incrementAndGet(), Optional.empty());
    }

    CreateVerification create(int number, long fingerprint, Optional<UUID> replayKey) {
        return new CreateVerification(
                ACCOUNT,
                policy,
                freshId(),
                replayKey,
                fingerprint,
                number(number),
                // Each number is a block of its own, so that neighbours are no matter.
                new UUID(3, number),
                number % 1000,
                Map.of(),
                false,
                Optional.empty(),
                new Sealed(new byte[] {1, 2, 3}),
                List.of(),
                terms,
                new NextAttempt(freshId(), new Code(RIGHT), this, ROUTES));
    }

    CheckCode check(UUID verification, String typed) {
        return check(verification, typed, this);
    }

    CheckCode check(UUID verification, String typed, CodeVault vault) {
        return new CheckCode(ACCOUNT, Policy.STANDARD, verification, freshId(), Code.typed(typed), vault);
    }

    /** A check whose decision throws. */
    CheckCode checkThatThrows(UUID verification, Throwable cause) {
        return check(verification, WRONG, new Broken(cause));
    }

    RetryVerification retry(UUID verification) {
        return new RetryVerification(
                ACCOUNT,
                Policy.STANDARD,
                verification,
                Map.of(),
                new NextAttempt(freshId(), new Code("654321"), this, ROUTES));
    }

    GiveFeedback feedback(int number) {
        return new GiveFeedback(ACCOUNT, number(number), freshId(), true, _ -> Set.of());
    }

    EraseNumber erase(int number) {
        return new EraseNumber(number(number));
    }

    @Override
    public int currentPepper() {
        return 1;
    }

    @Override
    public CodeHash hash(UUID verification, Code code, int pepper) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new CodeHash(
                    pepper,
                    digest.digest(
                            (pepper + "/" + verification + "/" + code.digits()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Sealed seal(Code code, UUID id, Instant until) {
        return new Sealed(code.digits().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Code> open(Sealed code, UUID id) {
        return Optional.of(new Code(new String(code.bytes(), StandardCharsets.UTF_8)));
    }

    /** A vault that cannot be used. */
    private record Broken(Throwable cause) implements CodeVault {
        @Override
        public int currentPepper() {
            return 1;
        }

        @Override
        public CodeHash hash(UUID verification, Code code, int pepper) {
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException(cause);
        }

        @Override
        public Sealed seal(Code code, UUID id, Instant until) {
            throw new IllegalStateException("broken");
        }

        @Override
        public Optional<Code> open(Sealed code, UUID id) {
            return Optional.empty();
        }
    }
}
