// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import java.time.Duration;

/** What can be asked of a provider. Each costs on its own with most of them. */
public enum Topic {
    /** Line type, serving network, whether it was ported. */
    NETWORK(Duration.ofHours(24)),
    /** Who the number is listed as (CNAM). */
    CALLER_NAME(Duration.ofDays(30));

    /** How long it is not asked again when nothing was known: it may be the provider that does not know. */
    static final Duration NOTHING_KNOWN = Duration.ofHours(1);

    private final Duration memory;

    Topic(Duration memory) {
        this.memory = memory;
    }

    /** How long an answer counts. */
    public Duration memory() {
        return memory;
    }
}
