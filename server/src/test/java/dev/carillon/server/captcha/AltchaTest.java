// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.captcha.Altcha.Challenge;
import dev.carillon.server.secret.TestClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AltchaTest {
    private static final String SECRET = "secret";
    private final TestClock clock = new TestClock();
    private final Altcha altcha = new Altcha(clock);

    private static int solve(Challenge task) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (int number = 0; number <= task.maxnumber(); number++) {
            byte[] hash = sha256.digest((task.salt() + number).getBytes(StandardCharsets.UTF_8));
            if (HexFormat.of().formatHex(hash).equals(task.challenge())) {
                return number;
            }
        }
        throw new AssertionError("the challenge has no solution");
    }

    private static String token(Challenge task, long number, String salt) {
        String json =
                "{\"algorithm\":\"SHA-256\",\"challenge\":\"%s\",\"number\":%d,\"salt\":\"%s\",\"signature\":\"%s\"}"
                        .formatted(task.challenge(), number, salt, task.signature());
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSolutionPassesUntilItExpires() throws NoSuchAlgorithmException {
        Challenge task = altcha.challenge(SECRET);
        int number = solve(task);
        String token = token(task, number, task.salt());
        assertThat(altcha.check(SECRET, token)).isEqualTo(new Verdict.Passed(task.challenge()));
        assertThat(altcha.check("another", token)).isInstanceOf(Verdict.Refused.class);
        assertThat(altcha.check(SECRET, token(task, number + 1L, task.salt()))).isInstanceOf(Verdict.Refused.class);
        assertThat(altcha.check(SECRET, token(task, number, task.salt() + "0"))).isInstanceOf(Verdict.Refused.class);
        clock.advance(Altcha.LIFE.minusSeconds(1));
        assertThat(altcha.check(SECRET, token)).isEqualTo(new Verdict.Passed(task.challenge()));
        clock.advance(Duration.ofSeconds(1));
        assertThat(altcha.check(SECRET, token)).isEqualTo(new Verdict.Refused("captchaToken is expired"));
    }

    /** A digit of the expiry could be given to the number: the hash is over both together. */
    @Test
    void theEndOfTheSaltCannotBecomeTheBeginningOfTheNumber() throws NoSuchAlgorithmException {
        Challenge task = altcha.challenge(SECRET);
        int number = solve(task);
        String longer = task.salt() + Integer.toString(number).charAt(0);
        String rest = Integer.toString(number).substring(1);
        long left = rest.isEmpty() || rest.startsWith("0") ? -1 : Long.parseLong(rest);
        assertThat(altcha.check(SECRET, token(task, left, longer))).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "bnVsbA==", "e30=", "W10=", "!!!!"})
    void anythingElseIsRefused(String token) {
        assertThat(altcha.check(SECRET, token)).isInstanceOf(Verdict.Refused.class);
    }
}
