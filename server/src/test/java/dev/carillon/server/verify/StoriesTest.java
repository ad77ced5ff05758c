// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static dev.carillon.server.verify.VerifyTestBench.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Rate;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.GiveFeedback;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Books;
import dev.carillon.server.verify.Story.AttemptStatus;
import dev.carillon.server.verify.Story.BalanceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoriesTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final String WRONG = "111222";

    @TempDir
    Path folder;

    private VerifyTestBench bench;

    @BeforeEach
    void open() {
        bench = new VerifyTestBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void codesAreHidden() {
        UUID id = bench.create();
        bench.check(id, WRONG);

        assertThat(content(id)).contains("******").contains("Acme").doesNotContain(CODE);
        assertThat(typed(id)).isEqualTo("******");
    }

    @Test
    void codesAreShownToTheAccountThatAsks() {
        bench.showCodes(true);
        UUID id = bench.create();
        bench.check(id, WRONG);

        assertThat(content(id)).contains(CODE);
        assertThat(typed(id)).isEqualTo(WRONG);
    }

    @Test
    void whatWasTypedWhileCodesWereHiddenStaysHidden() {
        UUID id = bench.create();
        bench.check(id, WRONG);
        bench.showCodes(true);

        assertThat(content(id)).contains(CODE);
        assertThat(typed(id)).isEqualTo("******");
    }

    @Test
    void codesAreHiddenAgainWhenTheAccountNoLongerAsks() {
        bench.showCodes(true);
        UUID id = bench.create();
        bench.check(id, WRONG);
        bench.showCodes(false);

        assertThat(content(id)).doesNotContain(CODE);
        assertThat(typed(id)).isEqualTo("******");
    }

    @Test
    void codesAreHiddenOnceOneWasAccepted() {
        bench.showCodes(true);
        UUID id = bench.create();
        bench.check(id, WRONG);
        bench.check(id, CODE);

        assertThat(content(id)).contains("******").doesNotContain(CODE);
        assertThat(checks(id)).extracting(Story.Check::code).containsExactly("******", "******");
    }

    @Test
    void codesAreHiddenFromTheEndOfTheWindow() {
        bench.showCodes(true);
        UUID id = bench.create();
        bench.check(id, WRONG);
        bench.clock.advance(WINDOW.minusNanos(1));
        assertThat(content(id)).contains(CODE);

        bench.clock.advance(Duration.ofNanos(1));

        assertThat(content(id)).contains("******").doesNotContain(CODE);
        assertThat(typed(id)).isEqualTo("******");
    }

    @Test
    void aStoryIsToldAfterItsKeysAreGone() {
        bench.showCodes(true);
        UUID id = bench.create();
        bench.check(id, WRONG);
        bench.windows.maintain(bench.clock.instant().plus(Duration.ofMinutes(30)));

        assertThat(content(id)).contains("******").doesNotContain(CODE);
        assertThat(typed(id)).isEqualTo("******");
    }

    @Test
    void anotherAccountKnowsNothingOfIt() {
        UUID id = bench.create();
        Account other = new Account(new UUID(0x4000L, 2), "Other", false, Policy.STANDARD, bench.clock.instant());
        assertThat(bench.stories.tell(new AccountView(other, List.of(), List.of()), id))
                .isEmpty();
        assertThat(bench.stories.tell(bench.view(), bench.freshId())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN,PENDING,EXPIRED",
        "SUBMITTED,PENDING,EXPIRED",
        "IN_TRANSIT,PENDING,EXPIRED",
        "DELIVERED,DELIVERED,DELIVERED",
        "UNDELIVERABLE,FAILED,FAILED",
        "NOT_SENT,FAILED,FAILED"
    })
    void tellsWhatBecameOfAMessage(DeliveryStatus reported, AttemptStatus inside, AttemptStatus afterwards) {
        UUID id = bench.create();
        bench.report(id, 1, reported);
        assertThat(attempts(id)).extracting(Story.Attempt::status).containsExactly(inside);
        bench.clock.advance(WINDOW);
        assertThat(attempts(id)).extracting(Story.Attempt::status).containsExactly(afterwards);
    }

    @Test
    void aQueuedMessageIsPendingUntilTheWindowEnds() {
        UUID id = bench.create();
        assertThat(attempts(id)).extracting(Story.Attempt::status).containsExactly(AttemptStatus.PENDING);
        bench.clock.advance(WINDOW);
        assertThat(attempts(id)).extracting(Story.Attempt::status).containsExactly(AttemptStatus.EXPIRED);
    }

    @Test
    void eachAttemptHasItsOwnStatusAndNumber() {
        UUID id = bench.create();
        bench.clock.advance(Duration.ofSeconds(30));
        bench.retry(id);
        bench.report(id, 2, DeliveryStatus.DELIVERED);

        assertThat(attempts(id))
                .extracting(Story.Attempt::status)
                .containsExactly(AttemptStatus.PENDING, AttemptStatus.DELIVERED);
        assertThat(attempts(id)).extracting(Story.Attempt::number).containsExactly(1, 2);
        assertThat(of(id, Story.Delivery.class)).singleElement().satisfies(delivery -> {
            assertThat(delivery.attemptId()).isEqualTo(attempts(id).getLast().id());
            assertThat(delivery.attemptNumber()).isEqualTo(2);
        });
    }

    @Test
    void tellsWhatHappenedOldestFirst() {
        UUID id = bench.create("+12125550123", Optional.of("order-7"));
        bench.report(id, 1, DeliveryStatus.SUBMITTED);
        bench.check(id, WRONG);
        bench.clock.advance(Duration.ofSeconds(30));
        bench.retry(id);
        bench.check(id, CODE);
        var _ = bench.ledger.execute(new GiveFeedback(
                VerifyTestBench.ACCOUNT,
                new KeyedHashes(bench.keyring).number(VerifyTestBench.ACCOUNT, "+12125550123"),
                bench.freshId(),
                true,
                _ -> Set.of()));

        Story story = tell(id);

        assertThat(story.number()).isEqualTo("+12125550123");
        assertThat(story.correlationId()).contains("order-7");
        assertThat(story.events())
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(
                        Story.Attempt.class,
                        Story.Delivery.class,
                        Story.Check.class,
                        Story.Attempt.class,
                        Story.Check.class);
        assertThat(story.events()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(checks(id)).extracting(Story.Check::result).containsExactly(CheckResult.INVALID, CheckResult.VALID);
    }

    @Test
    void tellsWhatIsReservedAndWhatIsCharged() {
        bench.terms = Optional.of(new Terms(
                "EUR", "US", 9_000, List.of(new Rate(Optional.empty(), Optional.empty(), 30_000, false)), true));
        UUID id = bench.create();
        assertThat(updates(id))
                .containsExactly(
                        Map.entry(BalanceKind.VERIFICATION_PENDING, -9_000L),
                        Map.entry(BalanceKind.ATTEMPT_PENDING, -30_000L));

        bench.report(id, 1, DeliveryStatus.SUBMITTED);
        bench.report(id, 1, DeliveryStatus.UNDELIVERABLE);

        assertThat(updates(id).stream().skip(2))
                .containsExactly(
                        Map.entry(BalanceKind.VERIFICATION_PENDING, 9_000L),
                        Map.entry(BalanceKind.VERIFICATION_SUCCESS, -9_000L),
                        Map.entry(BalanceKind.ATTEMPT_PENDING, 30_000L),
                        Map.entry(BalanceKind.ATTEMPT_SUCCESS, -30_000L),
                        Map.entry(BalanceKind.ATTEMPT_SUCCESS, 30_000L));
        assertThat(new Books(bench.store).balance(VerifyTestBench.ACCOUNT)).isEqualTo(new Amounts(0, -9_000, 0, 9_000));
    }

    private List<Map.Entry<BalanceKind, Long>> updates(UUID id) {
        return of(id, Story.BalanceUpdate.class).stream()
                .map(update -> Map.entry(update.kind(), update.micros()))
                .toList();
    }

    private Story tell(UUID id) {
        return bench.stories.tell(bench.view(), id).orElseThrow();
    }

    private String content(UUID id) {
        return attempts(id).getFirst().content();
    }

    private String typed(UUID id) {
        return checks(id).getFirst().code();
    }

    private List<Story.Attempt> attempts(UUID id) {
        return of(id, Story.Attempt.class);
    }

    private List<Story.Check> checks(UUID id) {
        return of(id, Story.Check.class);
    }

    private <T extends Story.Event> List<T> of(UUID id, Class<T> kind) {
        return tell(id).events().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
