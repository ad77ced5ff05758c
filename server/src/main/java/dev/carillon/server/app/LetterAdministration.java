// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.Notice;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.api.ding.DingEvents;
import dev.carillon.server.cli.Administration.ToldEvent;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.verify.Subject;
import dev.carillon.server.webhook.EventForm;
import dev.carillon.server.webhook.Letter;
import dev.carillon.server.webhook.Letters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the command line does to webhooks that were not told. */
final class LetterAdministration {
    private static final int MAX_LISTED = 1000;

    private final OpenStore store;
    private final Clock clock;
    private final Letters letters;
    private final VerificationReader verifications;

    LetterAdministration(OpenStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.letters = new Letters(store.database());
        this.verifications = new VerificationReader(store.database().store());
    }

    List<Letter> undelivered(UUID account, boolean dead) {
        return letters.list(account, dead, MAX_LISTED);
    }

    List<ToldEvent> events(UUID id) {
        List<ToldEvent> events = new ArrayList<>();
        verifications.find(id).ifPresent(verification -> addEvents(verification, events));
        return events;
    }

    private void addEvents(Verification verification, List<ToldEvent> events) {
        UUID id = verification.id();
        Subject subject = Subject.open(verification.subject(), store.keyring(), id);
        List<Letter> open = letters.find(id);
        DingEvents form = new DingEvents();
        for (int audience = 0; audience < verification.audiences().size(); audience++) {
            Audience who = verification.audiences().get(audience);
            List<Notice.Entry> notices = Notice.of(verification, who);
            int told = next(open, audience).orElse(notices.size());
            for (int place = 0; place < notices.size(); place++) {
                Notice.Entry entry = notices.get(place);
                byte[] body = form.body(EventForm.id(id, entry.number()), verification, subject, entry.notice());
                events.add(new ToldEvent(name(who), place < told, new String(body, StandardCharsets.UTF_8)));
            }
        }
    }

    private static Optional<Integer> next(List<Letter> open, int audience) {
        return open.stream()
                .filter(letter -> letter.audience() == audience)
                .map(Letter::next)
                .findFirst();
    }

    private static String name(Audience audience) {
        return switch (audience) {
            case Audience.Callback _ -> "callback";
            case Audience.Endpoint endpoint -> endpoint.id().toString();
        };
    }

    int replayDead(UUID account) {
        return letters.replayDead(account, clock.instant());
    }

    /** Tells all audiences of a verification again. */
    int replay(UUID account, UUID id) {
        Verification verification = verifications
                .find(id)
                .filter(found -> found.account().equals(account))
                .orElseThrow(() -> new AdministrationException("the account has no verification " + id));
        if (verification.audiences().isEmpty()) {
            throw new AdministrationException("nobody is told of the verification " + id);
        }
        int replayed = 0;
        for (int audience = 0; audience < verification.audiences().size(); audience++) {
            Audience who = verification.audiences().get(audience);
            int upto = Notice.of(verification, who).size();
            if (upto > 0) {
                letters.replay(id, audience, account, who.receiver(), upto, clock.instant());
                replayed++;
            }
        }
        return replayed;
    }
}
