// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import static dev.carillon.bench.history.Told.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker that finds nothing proves nothing: every promise is broken here, and each must be found; what is allowed must not be. */
class CheckerTest {
    private static final String WRONG = "000001";

    private static List<String> rules(Told told) {
        return Checker.check(told.exchanges()).stream()
                .map(Violation::rule)
                .distinct()
                .toList();
    }

    private static Told created() {
        return new Told().created("a", 0);
    }

    // --- nothing that was answered is lost

    @Test
    void aWholeStoryIsFine() {
        Told told = created()
                .story("a", 0)
                .checked("a", WRONG, "invalid")
                .checked("a", RIGHT, "valid")
                .checked("a", RIGHT, "already_validated")
                .checked("a", WRONG, "invalid")
                .story("a", 0, "invalid", "valid", "already_validated", "invalid");
        assertThat(rules(told)).isEmpty();
    }

    @Test
    void aLostVerificationIsFound() {
        assertThat(rules(created().status("a", 400)))
                .contains("a verification is lost", "a verification was not read at the end");
        assertThat(rules(created().story("a", 0).check("a", WRONG, 400).story("a", 0)))
                .containsExactly("a verification is lost");
    }

    @Test
    void aLostCheckIsFound() {
        for (String result : List.of("invalid", "valid", "rate_limited", "already_validated", "expired_auth")) {
            assertThat(rules(created().checked("a", WRONG, result).story("a", 0)))
                    .as(result)
                    .containsExactly("an answered check is lost");
        }
    }

    @Test
    void aCheckThatIsLostAfterItWasToldIsFound() {
        Told told = created()
                .checked("a", WRONG, "invalid")
                .story("a", 0, "invalid")
                .story("a", 0);
        assertThat(rules(told)).containsExactly("an answered check is lost");
    }

    @Test
    void aStaleReadingInTheMiddleIsFoundThoughTheEndIsRight() {
        Told told = created().checked("a", WRONG, "invalid").story("a", 0).story("a", 0, "invalid");
        assertThat(rules(told)).containsExactly("an answered check is lost");
        Told concurrent = created()
                .checked("a", WRONG, "invalid")
                .meanwhile()
                .story("a", 0)
                .story("a", 0, "invalid");
        assertThat(rules(concurrent)).isEmpty();
    }

    @Test
    void aLostMessageIsFound() {
        assertThat(rules(created().retried("a", 1).story("a", 0, true, List.of(0, 1))))
                .isEmpty();
        assertThat(rules(created().retried("a", 1).story("a", 0))).containsExactly("an approved message is lost");
        assertThat(rules(created().retried("a", 1).story("a", 0, true, List.of(0, 2))))
                .containsExactly("an approved message is lost");
        assertThat(rules(created().story("a", 0, true, List.of()))).containsExactly("an approved message is lost");
    }

    @Test
    void aStoryThatBeginsAnewIsFound() {
        assertThat(rules(created().story("a", 1))).containsExactly("a story begins at another time");
    }

    @Test
    void aHistoryThatDoesNotReadTheEndProvesNothing() {
        assertThat(rules(created().story("a", 0).checked("a", WRONG, "invalid")))
                .containsExactly("a verification was not read at the end");
        assertThat(rules(created())).containsExactly("a verification was not read at the end");
        assertThat(rules(created().story("a", 0).create(0)))
                .as("what was not answered may still be done")
                .containsExactly("a verification was not read at the end");
    }

    // --- what was refused did not happen, what was not answered may have

    @Test
    void whatWasNotAnsweredMayHaveHappenedOrNot() {
        for (int http : new int[] {0, 500}) {
            assertThat(rules(created().check("a", WRONG, http).story("a", 0))).isEmpty();
            assertThat(rules(created().check("a", WRONG, http).story("a", 0, "invalid")))
                    .isEmpty();
            assertThat(rules(created().check("a", RIGHT, http).story("a", 0, "valid")))
                    .isEmpty();
            assertThat(rules(created().check("a", WRONG, http).story("a", 0, "invalid", "invalid")))
                    .as("but not twice")
                    .containsExactly("a check that nobody made");
            assertThat(rules(created().check("a", WRONG, http).story("a", 0, "valid")))
                    .as("and not with a code that is wrong")
                    .containsExactly("a check that nobody made");
        }
    }

    @Test
    void whatWasRefusedAndHappenedIsFound() {
        assertThat(rules(created().check("a", WRONG, 503).story("a", 0))).isEmpty();
        for (String result : List.of("invalid", "valid", "rate_limited")) {
            assertThat(rules(created().check("a", RIGHT, 503).story("a", 0, result)))
                    .as(result)
                    .containsExactly("a check that nobody made");
        }
    }

    @Test
    void aMessageThatNobodyAskedForIsFound() {
        assertThat(rules(created().story("a", 0, true, List.of(0, 1))))
                .containsExactly("a message that nobody asked for");
        assertThat(rules(created().create(0).story("a", 0, true, List.of(0, 1))))
                .as("a create that was not answered may have sent it")
                .isEmpty();
    }

    // --- accepted once, budget

    @Test
    void aCodeThatIsAcceptedTwiceIsFound() {
        Told answered = created()
                .checked("a", RIGHT, "valid")
                .meanwhile()
                .checked("a", RIGHT, "valid")
                .story("a", 0, "valid");
        assertThat(rules(answered)).contains("a code was accepted twice");
        Told told = created().checked("a", RIGHT, "valid").check("a", RIGHT, 0).story("a", 0, "valid", "valid");
        assertThat(rules(told)).contains("a code was accepted twice");
    }

    @Test
    void aSixthComparisonIsFound() {
        Told answered = created();
        for (int i = 0; i < 6; i++) {
            answered.checked("a", WRONG, "invalid");
        }
        String[] five = {"invalid", "invalid", "invalid", "invalid", "invalid"};
        assertThat(rules(answered.story("a", 0, five))).contains("a budget was exceeded", "an answered check is lost");

        Told told = created();
        for (int i = 0; i < 6; i++) {
            told.check("a", WRONG, 0);
        }
        told.story("a", 0, "invalid", "invalid", "invalid", "invalid", "invalid", "invalid");
        assertThat(rules(told)).containsExactly("a budget was exceeded");
    }

    @Test
    void theRightCodeIsTheLastOfFiveOrComesTooLate() {
        Told fifth = created();
        Told sixth = created();
        for (int i = 0; i < 5; i++) {
            sixth.checked("a", WRONG, "invalid");
            if (i < 4) {
                fifth.checked("a", WRONG, "invalid");
            }
        }
        fifth.checked("a", RIGHT, "valid").story("a", 0, "invalid", "invalid", "invalid", "invalid", "valid");
        sixth.checked("a", RIGHT, "valid")
                .story("a", 0, "invalid", "invalid", "invalid", "invalid", "invalid", "valid");
        assertThat(rules(fifth)).isEmpty();
        assertThat(rules(sixth)).containsExactly("a budget was exceeded");
    }

    @Test
    void thereIsAnotherBudgetOnceACodeWasAccepted() {
        Told told = created().checked("a", RIGHT, "valid");
        for (int i = 0; i < 5; i++) {
            told.checked("a", WRONG, "invalid");
        }
        told.checked("a", RIGHT, "rate_limited");
        told.story("a", 0, "valid", "invalid", "invalid", "invalid", "invalid", "invalid", "rate_limited");
        assertThat(rules(told)).isEmpty();
    }

    @Test
    void aRightCodeThatIsCalledWrongIsFound() {
        Told told = created().story("a", 0).checked("a", RIGHT, "invalid").story("a", 0, "invalid");
        assertThat(rules(told)).containsExactly("a code that was sent is called wrong");
    }

    // --- what is over stays over

    @Test
    void whatIsOverAndGoesOnIsFound() {
        assertThat(rules(created()
                        .checked("a", WRONG, "expired_auth")
                        .checked("a", RIGHT, "valid")
                        .story("a", 0, "expired_auth", "valid")))
                .containsExactly("what is over is not over");
        assertThat(rules(created()
                        .checked("a", WRONG, "rate_limited")
                        .checked("a", WRONG, "invalid")
                        .story("a", 0, "rate_limited", "invalid")))
                .containsExactly("what is over is not over");
        assertThat(rules(created()
                        .checked("a", RIGHT, "valid")
                        .checked("a", RIGHT, "expired_auth")
                        .story("a", 0, "valid", "expired_auth")))
                .containsExactly("what is over is not over");
        assertThat(rules(created()
                        .checked("a", RIGHT, "valid")
                        .retried("a", 1)
                        .story("a", 0, true, List.of(0, 1), "valid")))
                .containsExactly("what is over is not over");
    }

    @Test
    void whatOverlapsMayHaveHappenedInAnyOrder() {
        assertThat(rules(created()
                        .checked("a", RIGHT, "already_validated")
                        .meanwhile()
                        .checked("a", RIGHT, "valid")
                        .story("a", 0, "valid", "already_validated")))
                .isEmpty();
    }

    // --- windows

    @Test
    void aSecondWindowIsFound() {
        assertThat(rules(created().created("b", 1).story("a", 0).story("b", 1)))
                .containsExactly("two windows were open at once");
        assertThat(rules(created().meanwhile().created("b", 0).story("a", 0).story("b", 0)))
                .as("also when nobody can say which came first")
                .containsExactly("two windows were open at once");
    }

    @Test
    void aWindowMayFollowOneThatIsOver() {
        assertThat(rules(created().created("b", 10).story("a", 0).story("b", 10)))
                .as("expired")
                .isEmpty();
        assertThat(rules(created()
                        .checked("a", RIGHT, "valid")
                        .created("b", 1)
                        .story("a", 0, "valid")
                        .story("b", 1)))
                .as("validated")
                .isEmpty();
        assertThat(rules(created()
                        .story("a", 0)
                        .check("a", RIGHT, 0)
                        .created("b", 1)
                        .story("a", 0, "valid")
                        .story("b", 1)))
                .as("validated, though nobody was told")
                .isEmpty();
        assertThat(rules(created()
                        .story("a", 0)
                        .created("b", 1)
                        .checked("a", RIGHT, "valid")
                        .story("a", 0, "valid")
                        .story("b", 1)))
                .as("validated too late")
                .contains("two windows were open at once");
    }

    @Test
    void aWindowThatIsOpenAgainIsFound() {
        Told told = created()
                .created("b", 10)
                .checked("a", RIGHT, "valid")
                .story("a", 0, "valid")
                .story("b", 10);
        assertThat(rules(told)).containsExactly("a window was open again");
    }

    // --- repetitions, messages, files

    @Test
    void aRepetitionThatIsAnsweredDifferentlyIsFound() {
        assertThat(rules(
                        new Told().created("a", 0, "key").created("a", 0, "key").story("a", 0)))
                .isEmpty();
        assertThat(rules(new Told()
                        .created("a", 0, "key")
                        .checked("a", RIGHT, "valid")
                        .created("b", 1, "key")
                        .story("a", 0, "valid")
                        .story("b", 1)))
                .containsExactly("a repeated request was answered differently");
    }

    @Test
    void aMessageThatDoesNotGetOutIsFound() {
        assertThat(Checker.unsent(created().story("a", 0).exchanges())).isEmpty();
        assertThat(Checker.unsent(created().story("a", 0, false, List.of(0)).exchanges()))
                .extracting(Violation::rule)
                .containsExactly("a message did not get out");
        assertThat(Checker.unsent(created()
                        .checked("a", RIGHT, "valid")
                        .story("a", 0, false, List.of(0), "valid")
                        .exchanges()))
                .as("nobody needs it any more")
                .isEmpty();
    }

    @Test
    void aHistoryCanBeCheckedAgainFromItsFile(@TempDir Path folder) throws IOException {
        Told told = created().checked("a", WRONG, "invalid").story("a", 0);
        Path file = folder.resolve("history");
        try (History history = History.write(file)) {
            history.note("broken here");
            told.exchanges().forEach(history::add);
        }
        assertThat(History.read(file)).isEqualTo(told.exchanges());
        assertThat(Checker.check(History.read(file))).hasSize(1);
    }
}
