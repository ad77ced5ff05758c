// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.HttpCalls;
import java.time.InstantSource;

/** A kind of provider, by the name that settings use. */
public interface LookupKind {
    /** Lower-case letters and hyphens. */
    String name();

    /**
     * A provider with these options. It is given the client for its calls, which it closes.
     *
     * @param options {@code base_url} and what only this kind knows
     * @throws IllegalArgumentException naming the option that is missing, unknown or wrong
     */
    LookupProvider open(Options options, HttpCalls calls, InstantSource clock);
}
