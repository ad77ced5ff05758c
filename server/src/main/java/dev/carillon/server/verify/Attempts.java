// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.account.Policy;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.routing.Purpose;
import dev.carillon.core.routing.RouteRequest;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.verification.CodeVault;
import dev.carillon.core.verification.NextAttempt;
import dev.carillon.core.verification.Routes;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.secret.Keyring;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes what commands bring along for the messages that they may send: ids, codes, and where these can go. Thread-safe. */
public final class Attempts {
    private final Ids ids;
    private final CodeSource codes;
    private final CodeVault vault;
    private final Keyring keyring;
    private final Supplier<RoutingTable> routing;

    /**
     * Makes attempts.
     *
     * @param routing what routes can be made of at the moment
     */
    public Attempts(Ids ids, CodeSource codes, CodeVault vault, Keyring keyring, Supplier<RoutingTable> routing) {
        this.ids = ids;
        this.codes = codes;
        this.vault = vault;
        this.keyring = keyring;
        this.routing = routing;
    }

    /** For a number of which all is known. */
    NextAttempt of(AccountView account, Subject subject) {
        RouteRequest request = request(account, subject);
        return next(account, Routes.of(routing.get(), _ -> request));
    }

    /** For a verification that the command will come to. */
    NextAttempt of(AccountView account) {
        return next(account, routes(account));
    }

    /** Whether anything can be sent to a number's country by the account's channels. */
    boolean serves(Policy policy, PhoneNumber number) {
        return routing.get().serves(country(number), policy.channels());
    }

    /** Whether there is a way that a verification's window has not tried, and the account wants it taken unasked. */
    boolean hasAnother(AccountView account, Verification verification, Instant now) {
        Policy policy = account.account().policy();
        if (!policy.channels().fallback()) {
            return false;
        }
        long lanes = routing.get().candidates().stream()
                .filter(candidate ->
                        policy.channels().order().contains(candidate.lane().channel()))
                .count();
        // With one way in all there is no other, and nothing needs to be decrypted to know that.
        return lanes > 1
                && !routes(account)
                        .plan(verification, verification.network(), Purpose.FALLBACK, now)
                        .isNowhere();
    }

    private Routes routes(AccountView account) {
        return Routes.of(
                routing.get(),
                verification -> request(account, Subject.open(verification.subject(), keyring, verification.id())));
    }

    private NextAttempt next(AccountView account, Routes routes) {
        int codeLength = account.account().policy().codeLength();
        return new NextAttempt(ids.next(), codes.next(codeLength), vault, routes);
    }

    private static RouteRequest request(AccountView account, Subject subject) {
        String country = country(subject.number());
        return new RouteRequest(
                country,
                Optional.empty(),
                subject.number().lineType(),
                account.account().policy().channels(),
                ofConnection -> SenderChoice.of(account, country, subject.senderId(), ofConnection));
    }

    private static String country(PhoneNumber number) {
        String region = number.regionCode();
        return region == null ? "" : region;
    }
}
