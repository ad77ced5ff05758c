// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.secret.Keyring;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Where things are found in the store: keyed hashes, so that a stolen database tells neither numbers nor addresses. Each is
 * bound to its account, so that no two accounts share a row.
 */
final class KeyedHashes {
    private final Keyring keyring;

    KeyedHashes(Keyring keyring) {
        this.keyring = keyring;
    }

    UUID number(UUID account, String e164) {
        return keyring.lookup("number", bytes(account), bytes(e164));
    }

    UUID block(UUID account, PhoneNumber number) {
        return keyring.lookup("block", bytes(account), bytes(number.block()));
    }

    /** Tells a number from the others of its block without telling the number. */
    int blockMember(UUID account, PhoneNumber number) {
        return (int) keyring.lookup("block-member", bytes(account), bytes(number.value()))
                        .getMostSignificantBits()
                & Integer.MAX_VALUE;
    }

    UUID replay(UUID account, String idempotencyKey) {
        return keyring.lookup("replay", bytes(account), bytes(idempotencyKey));
    }

    /**
     * Whoever is called at the host and port of a URL. Each account's own: by naming a host where it gets no good answers, nobody
     * can have it taken for dead for others.
     */
    UUID receiver(UUID account, String url) {
        return keyring.lookup(
                "receiver",
                bytes(account),
                bytes(String.valueOf(URI.create(url).getRawAuthority()).toLowerCase(Locale.ROOT)));
    }

    /** A hash of all fields of a request, to tell a repetition from another request. */
    long fingerprint(CreateRequest request) {
        // Records print all their fields, but a number prints itself masked.
        return keyring.lookup("fingerprint", bytes(request.number().value()), bytes(request.toString()))
                .getMostSignificantBits();
    }

    /** The counters of the limits that apply to a request with these signals. */
    Map<LimitName, UUID> limits(UUID account, Signals signals) {
        Map<LimitName, UUID> keys = messageLimits(account);
        signals.ip().map(InetAddress::ofLiteral).ifPresent(address -> addIp(keys, account, address));
        signals.deviceId()
                .ifPresent(device -> keys.put(LimitName.DEVICE, limit(account, LimitName.DEVICE, bytes(device))));
        return keys;
    }

    /** Where the guard counts what is said of users that come from where this number does; only what the account has not switched off. */
    Map<LimitName, UUID> feedback(UUID account, Limits limits, PhoneNumber number, Signals signals) {
        Map<LimitName, UUID> keys = new EnumMap<>(LimitName.class);
        if (limits.get(LimitName.FEEDBACK_BLOCK).isPresent()) {
            keys.put(LimitName.FEEDBACK_BLOCK, limit(account, LimitName.FEEDBACK_BLOCK, bytes(number.block())));
        }
        String country = number.regionCode();
        if (country != null && limits.get(LimitName.FEEDBACK_COUNTRY).isPresent()) {
            keys.put(LimitName.FEEDBACK_COUNTRY, limit(account, LimitName.FEEDBACK_COUNTRY, bytes(country)));
        }
        if (limits.get(LimitName.FEEDBACK_IP).isPresent()) {
            signals.ip()
                    .map(InetAddress::ofLiteral)
                    .ifPresent(address ->
                            keys.put(LimitName.FEEDBACK_IP, limit(account, LimitName.FEEDBACK_IP, host(address))));
        }
        return keys;
    }

    /** The counters of the limits that apply to every message. */
    Map<LimitName, UUID> messageLimits(UUID account) {
        Map<LimitName, UUID> keys = new EnumMap<>(LimitName.class);
        keys.put(LimitName.ACCOUNT, limit(account, LimitName.ACCOUNT, new byte[0]));
        return keys;
    }

    private void addIp(Map<LimitName, UUID> keys, UUID account, InetAddress address) {
        byte[] host = host(address);
        keys.put(LimitName.IP, limit(account, LimitName.IP, host));
        keys.put(LimitName.IP_HOUR, limit(account, LimitName.IP_HOUR, host));
        if (address instanceof Inet4Address) {
            keys.put(LimitName.SUBNET, limit(account, LimitName.SUBNET, Arrays.copyOf(host, 3)));
        }
    }

    /** One household or one attacker has a whole /64 of IPv6. */
    private static byte[] host(InetAddress address) {
        byte[] octets = address.getAddress();
        return address instanceof Inet4Address ? octets : Arrays.copyOf(octets, 8);
    }

    private UUID limit(UUID account, LimitName name, byte[] subject) {
        return keyring.lookup("limit", bytes(account), bytes(name.text()), subject);
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
