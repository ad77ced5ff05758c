// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.Spending;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.message.Channel;
import dev.carillon.core.time.Durations;
import java.util.List;
import java.util.Optional;

/** Policies that differ from the standard one in what a test is about. */
final class Policies {
    private Policies() {}

    static Policy retryAfter(String delays) {
        return of(5, delays, AcceptCodes.ANY, true, Limits.STANDARD);
    }

    static Policy maxChecks(int maxChecks) {
        return of(maxChecks, "30s,60s,120s", AcceptCodes.ANY, true, Limits.STANDARD);
    }

    static Policy limit(LimitName name, String limit) {
        return of(
                5, "30s,60s,120s", AcceptCodes.ANY, true, Limits.STANDARD.with(name, Optional.of(Limit.parse(limit))));
    }

    /**
     * A policy.
     *
     * @param retryAfter empty: no retries
     */
    static Policy of(int maxChecks, String retryAfter, AcceptCodes accept, boolean autoRetry, Limits limits) {
        return of(maxChecks, retryAfter, accept, autoRetry, Channels.STANDARD, limits);
    }

    static Policy channels(boolean fallback, Channel... order) {
        return of(5, "30s,60s,120s", AcceptCodes.ANY, true, new Channels(List.of(order), fallback), Limits.STANDARD);
    }

    static Policy of(
            int maxChecks, String retryAfter, AcceptCodes accept, boolean autoRetry, Channels channels, Limits limits) {
        return of(maxChecks, retryAfter, accept, autoRetry, channels, limits, Spending.UNLIMITED);
    }

    static Policy of(
            int maxChecks,
            String retryAfter,
            AcceptCodes accept,
            boolean autoRetry,
            Channels channels,
            Limits limits,
            Spending spending) {
        Policy standard = Policy.STANDARD;
        return new Policy(
                standard.window(),
                standard.codeLength(),
                maxChecks,
                retryAfter.isEmpty() ? List.of() : Durations.parseList(retryAfter),
                accept,
                autoRetry,
                standard.showCodes(),
                standard.brand(),
                standard.defaultLocale(),
                standard.countries(),
                standard.senders(),
                standard.originDomain(),
                channels,
                limits,
                standard.numbers(),
                spending);
    }
}
