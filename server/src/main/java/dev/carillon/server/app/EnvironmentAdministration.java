// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.EnvironmentAdmin;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import dev.carillon.server.user.SigningKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What the command line does to environments and their keys. */
final class EnvironmentAdministration {
    private final EnvironmentAdmin environments;
    private final InstantSource clock;

    EnvironmentAdministration(EnvironmentAdmin environments, InstantSource clock) {
        this.environments = environments;
        this.clock = clock;
    }

    Environment create(UUID account, String name, TokenAlgorithm algorithm, UnaryOperator<Environment> change) {
        Environment standard = new Environment(
                UUID.randomUUID(),
                name,
                Set.of(),
                Optional.empty(),
                Environment.STANDARD_LIFETIME,
                Optional.empty(),
                true,
                List.of(SigningKeys.generate(algorithm, clock.instant())));
        Environment made = change.apply(standard);
        environments.create(account, made);
        return made;
    }

    List<Environment> list(UUID account) {
        return environments.list(account);
    }

    Environment update(UUID id, Optional<TokenAlgorithm> algorithm, UnaryOperator<Environment> change) {
        Instant now = clock.instant();
        // Made before it is known to be needed: nobody writes to the store while an RSA key is being looked for.
        Optional<SigningKey> next = algorithm.map(wanted -> next(wanted, now));
        return environments.update(id, before -> {
            Environment after = change.apply(before);
            return next.filter(key -> key.algorithm() != after.algorithm())
                    .map(key -> after.with(key, now))
                    .orElse(after);
        });
    }

    /** @param alone whether the new key takes the place of all others at once, whatever they have signed */
    Environment rotateKey(UUID id, boolean alone) {
        Instant now = clock.instant();
        TokenAlgorithm algorithm = environments.show(id).algorithm();
        SigningKey next = alone ? SigningKeys.generate(algorithm, now) : next(algorithm, now);
        return environments.update(id, before -> alone ? before.withKeys(List.of(next)) : before.with(next, now));
    }

    /** A key that signs when everybody can know it. */
    private static SigningKey next(TokenAlgorithm algorithm, Instant now) {
        return SigningKeys.generate(algorithm, now.plus(Environment.PUBLISHED_AHEAD));
    }
}
