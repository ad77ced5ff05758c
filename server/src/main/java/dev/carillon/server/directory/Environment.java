// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A place of an account's where users sign in: an application with its own users and keys.
 *
 * @param name for people
 * @param origins of the pages that may call, such as {@code https://app.example.com}
 * @param captcha what a create must bring an answer to; empty: nothing
 * @param tokenLifetime how long a token is good: 1 minute to 30 days
 * @param sandboxCode the code of all US numbers with area code 555, to which nothing is sent; empty: there are no such numbers
 * @param enabled whether messages are sent at all
 * @param keys by which tokens are signed, oldest first, at least one
 */
public record Environment(
        UUID id,
        String name,
        Set<String> origins,
        Optional<CaptchaSettings> captcha,
        Duration tokenLifetime,
        Optional<String> sandboxCode,
        boolean enabled,
        List<SigningKey> keys) {
    /** The codes of this contract; the policy of the account must agree. */
    public static final int CODE_LENGTH = 6;

    public static final Duration STANDARD_LIFETIME = Duration.ofHours(2);
    public static final Duration MAX_LIFETIME = Duration.ofDays(30);
    /** How long a new key is published before it signs, since who checks tokens keeps keys for a while. */
    public static final Duration PUBLISHED_AHEAD = Duration.ofMinutes(15);

    /** @throws IllegalArgumentException with a message for the operator */
    public Environment {
        origins = Collections.unmodifiableSet(new TreeSet<>(origins));
        keys = List.copyOf(keys);
        require(!name.isBlank() && name.length() <= 100, "the name must be 1 to 100 characters");
        require(name.chars().noneMatch(Character::isISOControl), "the name must not have control characters");
        origins.forEach(origin ->
                require(isOrigin(origin), "'" + origin + "' is not an origin, such as https://app.example.com"));
        require(
                tokenLifetime.compareTo(Duration.ofMinutes(1)) >= 0 && tokenLifetime.compareTo(MAX_LIFETIME) <= 0,
                "the lifetime of tokens must be 1m to 30d");
        sandboxCode.ifPresent(
                code -> require(code.matches("[0-9]{" + CODE_LENGTH + "}"), "the sandbox code must be 6 digits"));
        require(!keys.isEmpty(), "an environment needs a key");
    }

    /** The key that signs now. */
    public SigningKey signingKey(Instant now) {
        return keys.reversed().stream()
                .filter(key -> !key.activeFrom().isAfter(now))
                .findFirst()
                .orElse(keys.getFirst());
    }

    /** How tokens are signed as soon as the newest key is active. */
    public TokenAlgorithm algorithm() {
        return keys.getLast().algorithm();
    }

    /**
     * The keys that tokens may still be checked with, oldest first. The others' tokens have all ended, whatever the lifetime was
     * when they were signed.
     */
    public List<SigningKey> liveKeys(Instant now) {
        int first = keys.size() - 1;
        while (first > 0 && keys.get(first).activeFrom().plus(MAX_LIFETIME).isAfter(now)) {
            first--;
        }
        return keys.subList(first, keys.size());
    }

    /** The same with a further key, without those that are of no use any more. */
    public Environment with(SigningKey next, Instant now) {
        return withKeys(Stream.concat(liveKeys(now).stream(), Stream.of(next)).toList());
    }

    /** The same with these keys only: tokens of others are worthless from now on. */
    public Environment withKeys(List<SigningKey> replacement) {
        return new Environment(id, name, origins, captcha, tokenLifetime, sandboxCode, enabled, replacement);
    }

    /** As browsers send it: scheme, host in lower case, a port that is not the scheme's own, and nothing else. */
    private static boolean isOrigin(String text) {
        if (!text.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:.]+\\](:[0-9]{1,5})?")) {
            return false;
        }
        int port = URI.create(text).getPort();
        return port <= 65_535 && port != (text.startsWith("https") ? 443 : 80);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
