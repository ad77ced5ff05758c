// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.secret.Keyring;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The URLs that providers are given: {@code /hooks/CONNECTION} for an account as a whole, and {@code /hooks/CONNECTION.REF.MAC} for one
 * attempt. The MAC is the first 128 bits of HMAC-SHA256 over connection and reference, so that a provider which signs nothing
 * still cannot be impersonated by somebody who has not seen the URL. Its key is the one for look-ups, which stays the same for the
 * life of the store: a URL is good on every node and over every rotation of keys. Thread-safe.
 */
public final class CallbackUrls {
    static final String PREFIX = "/hooks";
    private static final String PURPOSE = "hook";

    private final Optional<URI> publicUrl;
    private final Keyring keyring;

    /** @param publicUrl https, without a slash at its end; without it there are no URLs */
    public CallbackUrls(Optional<URI> publicUrl, Keyring keyring) {
        this.publicUrl = publicUrl;
        this.keyring = keyring;
    }

    /** The URL at which a provider reports one attempt. */
    public Optional<URI> callback(String connection, AttemptRef ref) {
        String encoded = ref.encoded();
        return url(connection + "." + encoded + "." + mac(connection, encoded));
    }

    /** The URL to be set in the provider's console, for providers that report to one URL for all messages. */
    public Optional<URI> account(String connection) {
        return url(connection);
    }

    /** A path and query as the provider was given them: behind a proxy, what arrives here has another host. */
    String asGiven(String pathAndQuery) {
        return publicUrl.map(URI::toString).orElse("") + pathAndQuery;
    }

    /**
     * What the last segment of a path names.
     *
     * @param ref of a segment that has one, whether or not its seal is right
     */
    record Target(String connection, Optional<AttemptRef> ref, boolean isSealed) {}

    /** Reads the last segment of a path. A segment of another form names a connection that cannot exist. */
    Target target(String segment) {
        String[] parts = segment.split("\\.", -1);
        if (parts.length != 3) {
            return new Target(segment, Optional.empty(), true);
        }
        boolean genuine = MessageDigest.isEqual(mac(parts[0], parts[1]).getBytes(UTF_8), parts[2].getBytes(UTF_8));
        Optional<AttemptRef> ref = AttemptRef.parse(parts[1]);
        return new Target(parts[0], ref, genuine && ref.isPresent());
    }

    private Optional<URI> url(String segment) {
        return publicUrl.map(url -> URI.create(url + PREFIX + "/" + segment));
    }

    private String mac(String connection, String ref) {
        UUID hash = keyring.lookup(PURPOSE, connection.getBytes(UTF_8), ref.getBytes(UTF_8));
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(hash.getMostSignificantBits())
                .putLong(hash.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
