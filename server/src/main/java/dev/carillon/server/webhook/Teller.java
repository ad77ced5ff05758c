// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.Notice;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.verify.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Tells what a letter has to tell, one notice after the other. Blocks; thread-safe. */
final class Teller {
    /** No notice is begun later than this after the first, so that the lease outlasts the last even if it takes all its time. */
    static final Duration BUDGET = Duration.ofSeconds(25);

    /** Notices of one lease, so that others have their turn. */
    static final int MAX_NOTICES = 16;

    private final VerificationReader verifications;
    private final Function<UUID, Optional<AccountView>> accounts;
    private final Keyring keyring;
    private final ReceiverUrl rules;
    private final EventForm form;
    private final Poster poster;
    private final InstantSource clock;

    Teller(
            VerificationReader verifications,
            Function<UUID, Optional<AccountView>> accounts,
            Keyring keyring,
            ReceiverUrl rules,
            EventForm form,
            Poster poster,
            InstantSource clock) {
        this.verifications = verifications;
        this.accounts = accounts;
        this.keyring = keyring;
        this.rules = rules;
        this.form = form;
        this.poster = poster;
        this.clock = clock;
    }

    Outcome tell(Letter letter) {
        Optional<Verification> verification = verifications.find(letter.verification());
        Optional<AccountView> account = accounts.apply(letter.account());
        if (verification.isEmpty()) {
            return new Outcome.Moot(letter); // forgotten, and so is what was to be told of it
        }
        if (account.isEmpty()) {
            return new Outcome.Failed(letter, letter.next(), "the account is not known here yet");
        }
        Subject subject = Subject.open(verification.get().subject(), keyring, letter.verification());
        Audience audience = verification.get().audiences().get(letter.audience());
        Optional<String> url = url(audience, subject, account.get());
        if (url.isEmpty()) {
            return new Outcome.Moot(letter); // the account has it no more
        }
        Optional<String> objection = rules.objection(url.get());
        if (objection.isPresent()) {
            return new Outcome.Failed(letter, letter.next(), "the URL " + objection.get());
        }
        List<SigningSecret> secrets = SigningSecret.live(
                keyring, letter.account(), account.get().webhook().secret());
        List<Notice.Entry> notices = Notice.of(verification.get(), audience);
        Instant latest = clock.instant().plus(BUDGET);
        int end = Math.min(notices.size(), letter.next() + MAX_NOTICES);
        for (int place = letter.next(); place < end; place++) {
            Instant now = clock.instant();
            if (now.isAfter(latest)) {
                return new Outcome.Told(letter, place);
            }
            Notice.Entry entry = notices.get(place);
            UUID id = EventForm.id(letter.verification(), entry.number());
            byte[] body = form.body(id, verification.get(), subject, entry.notice());
            Optional<String> failure = poster.post(url.get(), Signature.headers(secrets, id, now, body), body);
            if (failure.isPresent()) {
                return new Outcome.Failed(letter, place, failure.get());
            }
        }
        return new Outcome.Told(letter, end);
    }

    private static Optional<String> url(Audience audience, Subject subject, AccountView account) {
        return switch (audience) {
            case Audience.Callback _ ->
                subject.callbackUrl().or(() -> account.webhook().callbackUrl());
            case Audience.Endpoint endpoint -> account.webhook().endpoint(endpoint.id());
        };
    }
}
