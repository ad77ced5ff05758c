// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A range of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}. Immutable. */
public final class Cidr {
    private final InetAddress network;
    private final int prefix;

    private Cidr(InetAddress network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads the usual form; an address alone is the range of that address.
     *
     * @throws IllegalArgumentException when it is another form, or bits behind the prefix are set
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = network.getAddress().length * 8;
        int prefix = slash < 0 ? bits : number(text.substring(slash + 1));
        if (prefix > bits) {
            throw new IllegalArgumentException("'" + text + "' has a prefix of more than " + bits + " bits");
        }
        byte[] octets = network.getAddress();
        for (int bit = prefix; bit < bits; bit++) {
            if (((octets[bit / 8] >> (7 - bit % 8)) & 1) != 0) {
                throw new IllegalArgumentException("'" + text + "' has bits behind its prefix");
            }
        }
        return new Cidr(network, prefix);
    }

    /** Reads ranges with commas between them. */
    public static List<Cidr> parseList(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Cidr::parse)
                .toList();
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' is not the length of a prefix");
        }
        return Integer.parseInt(text);
    }

    /** Whether an address is in it; one of the other family never is. */
    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /** The same for 4 or 16 octets. */
    public boolean contains(byte[] address) {
        byte[] octets = network.getAddress();
        if (address.length != octets.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(address, 0, whole, octets, 0, whole)) {
            return false;
        }
        int rest = prefix % 8;
        return rest == 0 || (address[whole] & 0xff) >> (8 - rest) == (octets[whole] & 0xff) >> (8 - rest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr that && network.equals(that.network) && prefix == that.prefix;
    }

    @Override
    public int hashCode() {
        return 31 * network.hashCode() + prefix;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
