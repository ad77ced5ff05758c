// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sighting;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.KnownAnswer;
import dev.carillon.server.lookup.paid.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalNumbersTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final NumberData SHIPPED = NumberData.shipped();
    private static final LocalNumbers NUMBERS = new LocalNumbers(SHIPPED);

    private static PhoneNumber number(String text) {
        return NumberingPlan.parse(text).asOptional().orElseThrow();
    }

    private static NumberFacts facts(String text) {
        return NUMBERS.of(number(text), Optional.empty(), KnownAnswer.NONE, TODAY);
    }

    private static NumberFacts served(String text, String network) {
        return NUMBERS.of(number(text), Optional.of(new Sighting(new Network(network), NOW)), KnownAnswer.NONE, TODAY);
    }

    @ParameterizedTest
    @CsvSource({
        "+33612345678, SFR, 208, 10",
        "+447400123456, Three, 234, 20",
        "+4915112345678, T-Mobile, 262, 01",
        "+966501234567, STC, 420, 01",
        "+2348031234567, MTN, 621, 30",
        "+919810012345, Airtel, , ", // a network for each part of India, and two country codes
        "+5215512345678, , 334, " // ranges do not tell in Mexico, but there is one country code
    })
    void namesTheHolderOfTheRange(String text, String carrier, String mcc, String mnc) {
        NumberFacts facts = facts(text);
        assertThat(facts.mcc().orElse(null)).isEqualTo(mcc);
        assertThat(facts.mnc().orElse(null)).isEqualTo(mnc);
        if (carrier != null) {
            assertThat(facts.carrier()).contains(carrier);
        }
        assertThat(facts.ported()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12025550123", "+33142278186", "+8816123456789", "+80012345678", "+870773111632"})
    void claimsNoNetworkWhereNothingIsKnown(String text) {
        NumberFacts facts = facts(text);
        assertThat(facts.mcc()).isEmpty();
        assertThat(facts.mnc()).isEmpty();
        assertThat(facts.carrier()).isEmpty();
        assertThat(facts.ported()).isEmpty();
        assertThat(facts.temporary()).isEmpty();
    }

    @Test
    void theNetworkThatReceiptsNameWins() {
        NumberFacts facts = served("+33612345678", "20801");
        assertThat(facts.mcc()).contains("208");
        assertThat(facts.mnc()).contains("01");
        assertThat(facts.carrier()).contains("Orange France");
        assertThat(facts.ported()).contains(true);
    }

    @Test
    void anotherNetworkOfTheHolderIsNotPorting() {
        NumberFacts facts = served("+33612345678", "20813");
        assertThat(facts.mnc()).contains("13");
        assertThat(facts.carrier()).contains("SFR");
        assertThat(facts.ported()).contains(false);
    }

    @Test
    void whatANetworkOfNobodyMeansIsNotGuessed() {
        NumberFacts facts = served("+33612345678", "20877");
        assertThat(facts.mnc()).contains("77");
        assertThat(facts.carrier()).isEmpty();
        assertThat(facts.ported()).isEmpty();
    }

    @Test
    void whoTravelsIsNotPorted() {
        assertThat(served("+33612345678", "26201")).isEqualTo(facts("+33612345678"));
    }

    @Test
    void aReceiptTellsWhereRangesDoNot() {
        NumberFacts facts = served("+12025550123", "310410");
        assertThat(facts.mcc()).contains("310");
        assertThat(facts.mnc()).contains("410");
        assertThat(facts.carrier()).contains("AT&T");
        assertThat(facts.ported()).isEmpty();
    }

    private static KnownAnswer bought(Finding finding, Instant at) {
        return new KnownAnswer(finding, Map.of(Topic.NETWORK, at));
    }

    private static Finding finding(
            @Nullable LineType type, @Nullable String network, @Nullable String carrier, @Nullable Boolean ported) {
        return new Finding(
                Optional.ofNullable(type),
                Optional.ofNullable(network).map(Network::new),
                Optional.ofNullable(carrier),
                Optional.ofNullable(ported),
                Optional.empty());
    }

    @Test
    void whatWasPaidForWinsOverTheRange() {
        KnownAnswer paid = bought(finding(LineType.MOBILE, "20801", "Orange", true), NOW);
        NumberFacts facts = NUMBERS.of(number("+33612345678"), Optional.empty(), paid, TODAY);

        assertThat(facts.mnc()).contains("01");
        assertThat(facts.carrier()).contains("Orange");
        assertThat(facts.ported()).contains(true);
    }

    @Test
    void ofReceiptAndProviderTheLaterCounts() {
        Sighting seen = new Sighting(new Network("20815"), NOW);
        Finding orange = finding(LineType.MOBILE, "20801", "Orange", true);

        assertThat(NUMBERS.of(
                                number("+33612345678"),
                                Optional.of(seen),
                                bought(orange, NOW.minus(Duration.ofHours(1))),
                                TODAY)
                        .mnc())
                .contains("15");
        assertThat(NUMBERS.of(
                                number("+33612345678"),
                                Optional.of(seen),
                                bought(orange, NOW.plus(Duration.ofHours(1))),
                                TODAY)
                        .mnc())
                .contains("01");
    }

    @Test
    void aPortedNumberOfAnUnknownNetworkHasNotTheRangesHolders() {
        NumberFacts facts = NUMBERS.of(
                number("+33612345678"), Optional.empty(), bought(finding(null, null, null, true), NOW), TODAY);

        assertThat(facts.mcc()).contains("208");
        assertThat(facts.mnc()).isEmpty();
        assertThat(facts.carrier()).isEmpty();
        assertThat(facts.ported()).contains(true);
    }

    @Test
    void aProviderKnowsBetterWhatLineItIs() {
        NumberFacts facts = NUMBERS.of(
                number("+12025550123"),
                Optional.empty(),
                bought(finding(LineType.VOIP, null, "Bandwidth.com", null), NOW),
                TODAY);

        assertThat(facts.lineType()).isEqualTo(LineType.VOIP);
        assertThat(facts.carrier()).contains("Bandwidth.com");
        assertThat(facts.mnc()).isEmpty();
    }

    @Test
    void whoSendsGetsTheBestNetworkThereIs() {
        assertThat(NUMBERS.network(number("+33612345678"), Optional.empty())).contains(new Network("20810"));
        assertThat(NUMBERS.network(number("+33612345678"), Network.parse("20801")))
                .contains(new Network("20801"));
        assertThat(NUMBERS.network(number("+33612345678"), Network.parse("26201")))
                .as("abroad")
                .contains(new Network("20810"));
    }

    @Test
    void throwAwayNumbersAreForgottenAfterThreeYears() {
        NumberTable.Builder seen = new NumberTable.Builder();
        seen.add(33612345678L, (int) TODAY.minusMonths(36).plusDays(1).toEpochDay());
        seen.add(33612345679L, (int) TODAY.minusMonths(36).toEpochDay());
        LocalNumbers numbers = new LocalNumbers(new NumberData(
                SHIPPED.operators(), List.of(seen.build()), NumberTable.EMPTY, NumberTable.EMPTY, List.of()));

        assertThat(numbers.of(number("+33612345678"), Optional.empty(), KnownAnswer.NONE, TODAY)
                        .temporary())
                .contains(true);
        assertThat(numbers.of(number("+33612345679"), Optional.empty(), KnownAnswer.NONE, TODAY)
                        .temporary())
                .isEmpty();
    }

    @Test
    void theShippedListIsWhole() {
        assertThat(SHIPPED.disposable().getFirst().size()).isEqualTo(93_287);
        assertThat(SHIPPED.lastDisposable(new PhoneNumber("+46200231", "SE", LineType.FIXED_LINE)))
                .contains(LocalDate.of(2023, 12, 20));
    }
}
