// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.Route;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.News;
import dev.carillon.core.verification.Notice;
import dev.carillon.core.verification.Sealed;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DingEventsTest {
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ATTEMPT = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID EVENT = UUID.fromString("00000000-0000-4000-8000-000000000003");
    private static final String END =
            "\"recipient_phone_number\":\"+33612345678\",\"time\":\"2026-11-22T10:00:00+0000\",\"correlation_id\":\"n7\"}";

    private static final Subject SUBJECT = new Subject(
            new PhoneNumber("+33612345678", "FR", LineType.MOBILE),
            Signals.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.of("n7"),
            "fr",
            Optional.empty());

    private static Verification verification(Optional<Terms> terms, VerificationEvent... more) {
        Route route = new Route(List.of(new Hop(Channel.SMS, "one", "Acme")), List.of());
        List<VerificationEvent> events = new ArrayList<>(List.of(
                new AttemptQueued(TIME, ATTEMPT, 1, route, false, Optional.empty(), Optional.empty()),
                new AttemptRouted(TIME, 1, 0, Set.of(), Optional.empty(), Optional.of(new Money(7_500, "EUR"))),
                new AttemptReported(TIME, 1, News.of(DeliveryStatus.SUBMITTED, TIME), Optional.empty()),
                new AttemptReported(TIME, 1, News.of(DeliveryStatus.DELIVERED, TIME), Optional.empty()),
                new CodeChecked(TIME, EVENT, CheckResult.VALID, 1, Optional.empty()),
                new FeedbackGiven(TIME, EVENT, true)));
        events.addAll(List.of(more));
        return new Verification(
                ID,
                ID,
                TIME,
                Optional.of(TIME.plusSeconds(600)),
                Optional.empty(),
                Optional.empty(),
                false,
                ID,
                0,
                new Sealed(new byte[0]),
                List.of(),
                terms,
                events);
    }

    private static List<String> bodies(Verification verification) {
        return Notice.of(verification).stream()
                .map(notice -> new String(new DingEvents().body(EVENT, verification, SUBJECT, notice), UTF_8))
                .toList();
    }

    @Test
    void whereTheAccountHasPricesItIsToldThose() {
        List<String> bodies = bodies(verification(
                Optional.of(new Terms("EUR", "FR", 9_000, List.of(), false)),
                new BalanceChanged(TIME, BalanceChanged.WINDOW, 0, 9_000),
                new BalanceChanged(TIME, 1, 0, 20_000_000)));
        assertThat(bodies.get(0)).contains("\"price\":{\"amount\":0.009,\"currency\":\"EUR\"}");
        assertThat(bodies.get(1)).contains("\"price\":{\"amount\":20,\"currency\":\"EUR\"}");
        assertThat(bodies.get(2)).contains("\"price\":{\"amount\":20,\"currency\":\"EUR\"}");
    }

    @Test
    void eachEventHasItsFieldsAndNoCode() {
        List<String> bodies = bodies(verification(Optional.empty()));
        String start = "{\"id\":\"" + EVENT + "\",\"auth_uuid\":\"" + ID + "\",";
        String attempt = "\"attempt_uuid\":\"" + ATTEMPT + "\",\"attempt_number\":1,";
        assertThat(bodies)
                .containsExactly(
                        start + "\"type\":\"authentication\"," + END,
                        start + "\"type\":\"attempt\"," + attempt
                                + "\"capability\":\"text\",\"sender_id\":\"Acme\","
                                + "\"price\":{\"amount\":0.0075,\"currency\":\"EUR\"}," + END,
                        start + "\"type\":\"delivery_status\"," + attempt
                                + "\"status\":\"delivered\",\"originated_at\":\"2026-11-22T10:00:00+0000\"," + END,
                        start + "\"type\":\"check\",\"check_uuid\":\"" + EVENT + "\",\"status\":\"valid\"," + END,
                        start + "\"type\":\"feedback\",\"feedback_uuid\":\"" + EVENT + "\",\"status\":\"onboarded\","
                                + END);
    }
}
