// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/** Solutions of captchas, read. */
public final class FuzzedSolutions {
    private static final Altcha ALTCHA = new Altcha(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")));

    private FuzzedSolutions() {}

    /** Nobody solves by chance what we did not set. */
    public static void check(byte[] input) {
        String plain = new String(input, UTF_8);
        String encoded = Base64.getEncoder().encodeToString(input);
        assertThat(ALTCHA.check("a-secret", plain)).isInstanceOf(Verdict.Refused.class);
        assertThat(ALTCHA.check("a-secret", encoded)).isInstanceOf(Verdict.Refused.class);
    }
}
