// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's call to us.
 *
 * @param method {@code GET} or {@code POST}
 * @param url the whole URL as the provider was given it, with the query, if any: what some of them sign
 * @param query decoded, in order
 * @param headers by lower-case name
 * @param body as it came, at most 64 KiB
 * @param ref the attempt, when the call came to an attempt's own URL, whose seal was then verified
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Webhook(
        String method,
        String url,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        byte[] body,
        Optional<AttemptRef> ref) {

    /** The header's value; empty when there is none, or more than one. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
