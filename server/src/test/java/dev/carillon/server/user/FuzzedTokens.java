// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tokens of users, read. */
public final class FuzzedTokens {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final SigningKey KEY = SigningKeys.generate(TokenAlgorithm.EDDSA, Instant.EPOCH);
    private static final Environment ENVIRONMENT = new Environment(
            new UUID(1, 2),
            "app",
            Set.of(),
            Optional.empty(),
            Duration.ofHours(1),
            Optional.empty(),
            true,
            List.of(KEY));
    private static final Tokens TOKENS = new Tokens("verify.example.com", InstantSource.fixed(NOW));

    private FuzzedTokens() {}

    /** Nothing that we did not sign is anybody's; what we did sign, but for claims that say so, is nobody's either. */
    public static void check(byte[] input) {
        String text = new String(input, UTF_8);
        assertThat(TOKENS.user(ENVIRONMENT, text)).isEmpty();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = base64.encodeToString(("{\"alg\":\"EdDSA\",\"kid\":\"" + KEY.id() + "\"}").getBytes(UTF_8));
        assertThat(TOKENS.user(ENVIRONMENT, header + "." + base64.encodeToString(input) + "." + text))
                .isEmpty();
        assertThat(TOKENS.user(ENVIRONMENT, SignedTokens.sign(KEY, Map.of("sub", text, "exp", 1L << 40))))
                .isEmpty();
    }
}
