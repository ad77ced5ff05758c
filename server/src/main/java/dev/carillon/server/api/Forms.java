// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import java.net.Inet6Address;
import java.util.Optional;
import java.util.UUID;

/** Forms of fields. None of these looks anything up, and none throws. */
public final class Forms {
    private Forms() {}

    /** 1 to {@code max} visible ASCII characters, 0x21 to 0x7E. */
    public static boolean isVisibleAscii(String text, int max) {
        if (text.isEmpty() || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** 1 to {@code max} characters (code points) that can be stored and shown: no control characters, no half of a surrogate pair. */
    public static boolean isText(String text, int max) {
        if (text.isEmpty() || text.length() > 2 * max) {
            return false;
        }
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            int point = text.codePointAt(i);
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                return false;
            }
            i += Character.charCount(point);
        }
        return count <= max;
    }

    /** A UUID in its 36-character form (RFC 9562 §4), in any case. */
    public static Optional<UUID> uuid(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(text); // more lenient than the form, hence the comparison
            return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An IPv4 address of four decimal parts, or an IPv6 address (RFC 4291 §2.2) without brackets or zone. */
    public static boolean isIpAddress(String text) {
        return text.indexOf(':') >= 0 ? isIpv6(text) : isIpv4(text);
    }

    private static boolean isIpv4(String text) {
        int parts = 0;
        int from = 0;
        while (from <= text.length()) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            if (!isOctet(text, from, to)) {
                return false;
            }
            parts++;
            from = to + 1;
        }
        return parts == 4;
    }

    /** 0 to 255 without leading zeros, which some read as octal. */
    private static boolean isOctet(String text, int from, int to) {
        int length = to - from;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(from) == '0')) {
            return false;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        return value <= 255;
    }

    private static boolean isIpv6(String text) {
        if (text.length() > 45 || !text.chars().allMatch(c -> c == ':' || c == '.' || isHex(c))) {
            return false;
        }
        try {
            Inet6Address.ofLiteral(text); // a parser: it never asks a name server
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
