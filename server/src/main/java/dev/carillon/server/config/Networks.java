// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of networks. Immutable. */
public final class Networks {
    public static final Networks NONE = new Networks("", List.of());

    private final String text;
    private final List<Network> networks;

    private record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((mine[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private Networks(String text, List<Network> networks) {
        this.text = text;
        this.networks = List.copyOf(networks);
    }

    /**
     * Reads addresses and networks with commas between, such as {@code 10.0.0.0/8,::1}.
     *
     * @throws IllegalArgumentException with a message to be read after the setting's name
     */
    public static Networks parse(String text) {
        List<Network> networks = new ArrayList<>();
        for (String part : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
            int slash = part.indexOf('/');
            String bits = slash < 0 ? "" : part.substring(slash + 1);
            try {
                InetAddress address = InetAddress.ofLiteral(slash < 0 ? part : part.substring(0, slash));
                int all = address.getAddress().length * 8;
                int prefix = slash < 0 ? all : bits.matches("[0-9]{1,3}") ? Integer.parseInt(bits) : -1;
                if (prefix < 0 || prefix > all) {
                    throw new IllegalArgumentException("bits");
                }
                networks.add(new Network(address, prefix));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("is not a list of addresses and networks, such as 10.0.0.0/8,::1");
            }
        }
        return new Networks(text, networks);
    }

    public boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Networks that && networks.equals(that.networks);
    }

    @Override
    public int hashCode() {
        return networks.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
