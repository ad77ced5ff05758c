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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Tells what a letter has to tell, one notice after the other. Blocks; thread-safe. */
final class Teller {
    /** Notices of one lease, so that the lease outlasts them even if each takes all its time. */
    static final int MAX_NOTICES = 4;

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
        if (verification.isEmpty() || account.isEmpty()) {
            return new Outcome.Moot(letter); // forgotten, and so is what was to be told of it
        }
        Subject subject = Subject.open(verification.get().subject(), keyring, letter.verification());
        Optional<String> url = url(verification.get(), subject, account.get());
        return url.map(to -> tell(letter, verification.get(), subject, to, account.get()))
                .orElseGet(() -> new Outcome.Moot(letter));
    }

    private static Optional<String> url(Verification verification, Subject subject, AccountView account) {
        return verification.audience().map(Audience::kind).flatMap(kind -> switch (kind) {
            case CALLBACK -> subject.callbackUrl();
            case ACCOUNT -> account.webhook().url();
        });
    }

    private Outcome tell(Letter letter, Verification verification, Subject subject, String url, AccountView account) {
        Optional<String> objection = rules.objection(url);
        if (objection.isPresent()) {
            return new Outcome.Failed(letter, letter.next(), "the URL " + objection.get());
        }
        List<SigningSecret> secrets = SigningSecret.live(keyring, letter.account(), account.webhook());
        List<Notice> notices = Notice.of(verification);
        int end = Math.min(notices.size(), letter.next() + MAX_NOTICES);
        for (int place = letter.next(); place < end; place++) {
            UUID id = EventForm.id(letter.verification(), place);
            byte[] body = form.body(id, verification, subject, notices.get(place));
            Optional<String> failure = poster.post(url, Signature.headers(secrets, id, clock.instant(), body), body);
            if (failure.isPresent()) {
                return new Outcome.Failed(letter, place, failure.get());
            }
        }
        return new Outcome.Told(letter, end);
    }
}
