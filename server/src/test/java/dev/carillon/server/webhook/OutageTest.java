// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Notice;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.api.ding.DingEvents;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.directory.AccountWebhook;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.Subject;
import dev.carillon.server.verify.VerifyTestBench;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that fail for an hour or for weeks, on a real store and with a clock that is moved by hand. */
@Timeout(120)
class OutageTest {
    private static final String BROKEN = "broken.example";
    private static final String WELL = "well.example";
    private static final String STATS = "stats.example";
    private static final UUID ENDPOINT = new UUID(7, 7);
    private static final Duration STEP = Duration.ofSeconds(30);

    /** A request that reached its receiver. */
    private record Received(String host, UUID id, Instant at, boolean genuine, boolean answered) {}

    /** What a receiver does; the reason of a failure as the poster tells it. */
    private enum Mood {
        WELL(true, Optional.empty()),
        FAILING(false, Optional.of("answered 500")),
        HANGING(true, Optional.of("no answer within 10 s")),
        GONE(false, Optional.of("the connection failed: HttpHostConnectException"));

        /** Whether it keeps what it is told. */
        final boolean takes;

        final Optional<String> failure;

        Mood(boolean takes, Optional<String> failure) {
            this.takes = takes;
            this.failure = failure;
        }
    }

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private Function<Instant, Mood> broken = _ -> Mood.WELL;
    private OpenDatabase database;
    private VerifyTestBench bench;
    private Letters letters;
    private Webhooks webhooks;
    private Instant start;

    @BeforeEach
    void open() {
        database = OpenDatabase.open(folder, Optional.empty());
        bench = new VerifyTestBench(folder, database);
        start = bench.clock.instant();
        letters = new Letters(database);
        Poster poster = new Poster() {
            @Override
            public Optional<String> post(String url, Map<String, String> headers, byte[] body) {
                return receive(URI.create(url).getHost(), headers, body);
            }

            @Override
            public void close() {}
        };
        Teller teller = new Teller(
                new VerificationReader(database.store()),
                _ -> Optional.of(view()),
                bench.keyring,
                new ReceiverUrl(new AddressRules(List.of()), false),
                new DingEvents(),
                poster,
                bench.clock);
        webhooks = new Webhooks(letters, teller::tell, poster, bench.clock, Duration.ofDays(30));
    }

    @AfterEach
    void close() {
        webhooks.close();
        bench.close();
        database.close();
    }

    /** With an endpoint of its own that is always well. */
    private AccountView view() {
        AccountWebhook.Endpoint endpoint = new AccountWebhook.Endpoint(ENDPOINT, "https://" + STATS + "/hook");
        return bench.view().with(new AccountWebhook(Optional.empty(), List.of(endpoint), 2));
    }

    private Optional<String> receive(String host, Map<String, String> headers, byte[] body) {
        Instant now = bench.clock.instant();
        Mood mood = host.equals(BROKEN) ? broken.apply(now) : Mood.WELL;
        if (mood.takes) {
            UUID id = UUID.fromString(headers.getOrDefault("webhook-id", ""));
            received.add(new Received(host, id, now, isGenuine(headers, body), mood.failure.isEmpty()));
        }
        return mood.failure;
    }

    /** By either of the account's two secrets. */
    private boolean isGenuine(Map<String, String> headers, byte[] body) {
        String signed = headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + ".";
        List<String> signatures =
                List.of(headers.getOrDefault("webhook-signature", "").split(" "));
        return Stream.of(2, 1)
                        .map(number -> SigningSecret.live(bench.keyring, VerifyTestBench.ACCOUNT, number)
                                .getFirst())
                        .map(secret -> signature(secret.text(), signed, body))
                        .toList()
                        .equals(signatures)
                && Long.toString(bench.clock.instant().getEpochSecond()).equals(headers.get("webhook-timestamp"));
    }

    private static String signature(String secret, String signed, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            mac.update(signed.getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(int i) {
        return String.format("+121255501%02d", i);
    }

    private UUID create(int i, String host) {
        bench.windows.maintain(bench.clock.instant());
        Subject subject = new Subject(
                new PhoneNumber(number(i), "US", LineType.MOBILE),
                Signals.NONE,
                Optional.empty(),
                Optional.of("https://" + host + "/hook"),
                Optional.of("n" + i),
                "en-US",
                Optional.of("Acme"));
        Audience callback = new Audience.Callback(new UUID(5, host.hashCode()));
        return bench.create(subject, List.of(callback, new Audience.Endpoint(ENDPOINT, new UUID(6, 1))));
    }

    /** Tells all that is due now. */
    private void tell() {
        boolean more = true;
        while (more) {
            more = webhooks.turn();
            while (webhooks.isBusy()) {
                webhooks.await(1000);
            }
        }
    }

    private void pass(Duration time, Duration step) {
        Instant end = bench.clock.instant().plus(time);
        while (bench.clock.instant().isBefore(end)) {
            tell();
            bench.clock.advance(step);
        }
        tell();
    }

    private void pass(Duration time) {
        pass(time, STEP);
    }

    private List<Letter> left() {
        return letters.list(VerifyTestBench.ACCOUNT, false, 1000);
    }

    private List<UUID> expected(UUID verification, int audience) {
        Verification now = bench.verification(verification);
        return Notice.of(now, now.audiences().get(audience)).stream()
                .map(entry -> EventForm.id(verification, entry.number()))
                .toList();
    }

    /** What a host was told of some events, in the order in which it was. */
    private List<Received> told(String host, List<UUID> events) {
        return received.stream()
                .filter(one -> one.host().equals(host) && events.contains(one.id()))
                .toList();
    }

    /** Every event, in order, each signed, again only where an answer was lost. */
    private void verify(String host, List<UUID> events) {
        List<Received> told = told(host, events);
        assertThat(told.stream().map(Received::id).distinct()).containsExactlyElementsOf(events);
        assertThat(told).allMatch(Received::genuine);
        for (UUID event : events) {
            List<Received> times =
                    told.stream().filter(one -> one.id().equals(event)).toList();
            assertThat(times.getLast().answered()).isTrue();
            assertThat(times.subList(0, times.size() - 1)).noneMatch(Received::answered);
        }
    }

    private static Mood hourOfTrouble(Duration since) {
        if (since.toMinutes() >= 60) {
            return Mood.WELL;
        }
        if (since.toMinutes() >= 40) {
            return Mood.GONE;
        }
        return since.toMinutes() >= 20 ? Mood.HANGING : Mood.FAILING;
    }

    @Test
    void whoIsInTroubleForAnHourHearsEverythingAfterwards() {
        broken = now -> hourOfTrouble(Duration.between(start, now));
        List<UUID> ofBroken = new ArrayList<>();
        List<UUID> ofWell = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String host = i % 2 == 0 ? BROKEN : WELL;
            UUID id = create(i, host);
            (i % 2 == 0 ? ofBroken : ofWell).add(id);
            tell();
            bench.report(id, 1, DeliveryStatus.SUBMITTED);
            pass(Duration.ofMinutes(1));
            bench.report(id, 1, DeliveryStatus.DELIVERED);
            bench.check(id, i % 3 == 0 ? "000000" : VerifyTestBench.CODE);
            pass(Duration.ofMinutes(1));
            bench.feedback(number(i), true);
            tell();
        }
        assertThat(left()).hasSize(ofBroken.size());
        assertThat(left()).allSatisfy(letter -> assertThat(letter.error()).isPresent());
        pass(Duration.ofHours(3));
        assertThat(left()).isEmpty();

        ofBroken.forEach(id -> verify(BROKEN, expected(id, 0)));
        ofWell.forEach(id -> verify(WELL, expected(id, 0)));
        for (UUID id : ofBroken) {
            assertThat(expected(id, 0)).hasSize(3);
            assertThat(expected(id, 1)).hasSize(5);
            // The account's own endpoint is another host, and was never in trouble.
            verify(STATS, expected(id, 1));
            assertThat(told(STATS, expected(id, 1))).hasSize(5).allMatch(Received::answered);
        }
        // Some were taken and their answers lost, and that is all that came twice.
        assertThat(received.stream().filter(one -> !one.answered())).isNotEmpty();
        assertThat(received.stream().filter(one -> !one.host().equals(BROKEN))).allMatch(Received::answered);
    }

    @Test
    void whatNobodyTookForTwoWeeksIsKeptAndToldOnDemand() {
        broken = _ -> Mood.GONE;
        UUID id = create(1, BROKEN);
        bench.report(id, 1, DeliveryStatus.DELIVERED);
        pass(Duration.ofDays(13), Duration.ofHours(1));
        assertThat(letters.list(VerifyTestBench.ACCOUNT, true, 10)).isEmpty();
        assertThat(left()).hasSize(1);
        pass(Duration.ofDays(2), Duration.ofHours(1));

        List<Letter> dead = letters.list(VerifyTestBench.ACCOUNT, true, 10);
        assertThat(dead).singleElement().satisfies(letter -> {
            assertThat(letter.verification()).isEqualTo(id);
            assertThat(letter.error())
                    .hasValueSatisfying(error -> assertThat(error).startsWith("the connection"));
        });
        broken = _ -> Mood.WELL;
        pass(Duration.ofHours(13), Duration.ofHours(1));
        assertThat(told(BROKEN, expected(id, 0))).isEmpty();

        assertThat(letters.replayDead(VerifyTestBench.ACCOUNT, bench.clock.instant()))
                .isEqualTo(1);
        tell();
        verify(BROKEN, expected(id, 0));
        assertThat(left()).isEmpty();
    }

    /** What is broken is left alone more and more, and when it is well again it hears of what is new within two minutes. */
    @Test
    void whoIsWellAgainIsNoticedSoon() {
        broken = now -> now.isBefore(start.plus(Duration.ofHours(1))) ? Mood.HANGING : Mood.WELL;
        for (int i = 0; i < 60; i++) {
            create(i, BROKEN);
        }
        pass(Duration.ofHours(1));
        // Sixty letters at six tries each would be more; the breaker lets one through a minute.
        assertThat(received.stream().filter(one -> one.host().equals(BROKEN))).hasSizeLessThan(100);
        UUID fresh = create(61, BROKEN);
        pass(Duration.ofMinutes(2));
        verify(BROKEN, expected(fresh, 0));
    }
}
