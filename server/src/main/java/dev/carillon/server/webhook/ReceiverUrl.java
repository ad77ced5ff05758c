// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a URL that a customer may have called. Looks nothing up: a name that leads to a forbidden address is found out when it
 * is called. Safe for use by several threads.
 */
public final class ReceiverUrl {
    /** Characters of a URL. */
    public static final int MAX_LENGTH = 2048;

    private static final int FIRST_USER_PORT = 1024;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    private final AddressRules addresses;
    private final boolean plainAllowed;

    /**
     * Sets the rules.
     *
     * @param plainAllowed whether http will do, not only https
     */
    public ReceiverUrl(AddressRules addresses, boolean plainAllowed) {
        this.addresses = addresses;
        this.plainAllowed = plainAllowed;
    }

    /** What is wrong with a URL, to be read after its name ("must be …"); empty when it is fine. */
    public Optional<String> objection(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.of("must be 1 to " + MAX_LENGTH + " characters");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.of("must be of visible ASCII characters: a host in other letters is written as xn--…");
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.of("must be a URL");
        }
        return objection(url);
    }

    private Optional<String> objection(URI url) {
        String scheme = lower(url.getScheme());
        if (!scheme.equals("https") && !(plainAllowed && scheme.equals("http"))) {
            return Optional.of(plainAllowed ? "must be an https or http URL" : "must be an https URL");
        }
        if (url.getRawUserInfo() != null
                || String.valueOf(url.getRawAuthority()).contains("@")) {
            return Optional.of("must not have a user or a password");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("must not have a fragment");
        }
        int port = url.getPort();
        if (String.valueOf(url.getRawAuthority()).endsWith(":")
                || (port != -1 && port != 443 && port != 80 && (port < FIRST_USER_PORT || port > 65_535))) {
            return Optional.of("must have the port 443, 80 or one from " + FIRST_USER_PORT + " to 65535");
        }
        String host = lower(url.getHost());
        if (host.isEmpty()) {
            return Optional.of("must have a host");
        }
        return host.startsWith("[") || IPV4.matcher(host).matches() ? literal(host) : name(host);
    }

    private Optional<String> literal(String host) {
        String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (address.indexOf('%') >= 0) {
            return Optional.of("must not have a host with a zone");
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            if (host.startsWith("[") && literal instanceof Inet4Address) {
                return Optional.of("must not have a host of this kind: an IPv4 address in IPv6");
            }
            return addresses.refusal(literal).map(reason -> "must not have a host of this kind: " + reason);
        } catch (IllegalArgumentException e) {
            return Optional.of("must have a host that is a name or an address");
        }
    }

    /** A last label that is a number makes an address in one of the forms that only some understand (127.1, 0x7f000001). */
    private Optional<String> name(String host) {
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String[] labels = plain.split("\\.", -1);
        boolean wellFormed = plain.length() <= 253;
        for (String label : labels) {
            wellFormed &= LABEL.matcher(label).matches();
        }
        if (!wellFormed || NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return Optional.of("must have a host that is a name or an address");
        }
        boolean local = plain.equals("localhost") || plain.endsWith(".localhost");
        return local
                ? addresses
                        .refusal(InetAddress.getLoopbackAddress())
                        .map(reason -> "must not have a host of this kind: " + reason)
                : Optional.empty();
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
