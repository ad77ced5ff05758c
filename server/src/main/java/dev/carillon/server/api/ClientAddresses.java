// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import dev.carillon.server.config.Cidr;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Where requests come from. Only what trusted proxies say is believed: of {@code X-Forwarded-For} the last address that is not a
 * trusted proxy's, since everything before it may have been made up by the client.
 *
 * @param proxies those that are trusted
 */
public record ClientAddresses(List<Cidr> proxies) {
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

    /** The client's address, as far as it is known. */
    public InetAddress of(ApiRequest request) {
        return of(request.peer(), request.header(FORWARDED_FOR));
    }

    /** @param forwarded the values of {@code X-Forwarded-For}, in order */
    InetAddress of(InetAddress peer, List<String> forwarded) {
        InetAddress client = peer;
        List<String> hops = forwarded.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .toList()
                .reversed();
        for (String hop : hops) {
            if (!isTrusted(client) || !Forms.isIpAddress(hop)) {
                return client;
            }
            client = InetAddress.ofLiteral(hop);
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }
}
