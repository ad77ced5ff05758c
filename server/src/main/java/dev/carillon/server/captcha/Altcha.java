// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.captcha.Verdict.Passed;
import dev.carillon.server.captcha.Verdict.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * ALTCHA's proof of work (version 1): the client looks for the number whose hash with a salt is the challenge. The challenge is
 * signed, so that nothing needs to be remembered of it, and the salt says until when it is good.
 */
public final class Altcha {
    /** The highest number that there is to find: some tenths of a second of work on a phone. */
    static final int MAX_NUMBER = 100_000;

    static final Duration LIFE = Duration.ofMinutes(10);

    private static final String ALGORITHM = "SHA-256";
    private static final String EXPIRES = "?expires=";
    /** Without it a digit of the number could be moved to the time, since the hash is over both. */
    private static final String END = "&";

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    Altcha(InstantSource clock) {
        this.clock = clock;
    }

    /** A task, with the names of ALTCHA's JSON. */
    public record Challenge(String algorithm, String challenge, int maxnumber, String salt, String signature) {}

    Challenge challenge(String secret) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        String salted =
                HEX.formatHex(salt) + EXPIRES + clock.instant().plus(LIFE).getEpochSecond() + END;
        String challenge = hash(salted + random.nextInt(MAX_NUMBER + 1));
        return new Challenge(ALGORITHM, challenge, MAX_NUMBER, salted, sign(secret, challenge));
    }

    /** @param token base64 of a JSON object with the challenge, its signature, the salt and the number that was found */
    Verdict check(String secret, String token) {
        JsonNode answer;
        try {
            answer = MAPPER.readTree(Base64.getDecoder().decode(token));
        } catch (IOException | IllegalArgumentException e) {
            return new Refused("captchaToken is not ALTCHA's");
        }
        String challenge = answer.path("challenge").asText();
        String salt = answer.path("salt").asText();
        boolean ours = MessageDigest.isEqual(
                bytes(sign(secret, challenge)), bytes(answer.path("signature").asText()));
        boolean solved = ALGORITHM.equals(answer.path("algorithm").asText())
                && answer.path("number").isIntegralNumber()
                && hash(salt + answer.path("number").asLong()).equals(challenge);
        if (!ours || !solved) {
            return new Refused("captchaToken is no solution of a challenge of ours");
        }
        return isExpired(salt) ? new Refused("captchaToken is expired") : new Passed(challenge);
    }

    /** The salt is part of what was signed, by way of the challenge, so that its end is our word. */
    private boolean isExpired(String salt) {
        int at = salt.indexOf(EXPIRES);
        String until = at < 0 || !salt.endsWith(END) ? "" : salt.substring(at + EXPIRES.length(), salt.length() - 1);
        return !until.matches("[0-9]{1,12}") || clock.instant().getEpochSecond() >= Long.parseLong(until);
    }

    private static String hash(String text) {
        try {
            return HEX.formatHex(MessageDigest.getInstance(ALGORITHM).digest(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String sign(String secret, String challenge) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            return HEX.formatHex(mac.doFinal(bytes(challenge)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
