// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalNumbersTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final NumberData SHIPPED = NumberData.shipped();
    private static final LocalNumbers NUMBERS = new LocalNumbers(SHIPPED);

    private static PhoneNumber number(String text) {
        return NumberingPlan.parse(text).asOptional().orElseThrow();
    }

    private static NumberFacts facts(String text) {
        return NUMBERS.of(number(text), Optional.empty(), TODAY);
    }

    private static NumberFacts served(String text, String network) {
        return NUMBERS.of(number(text), Network.parse(network), TODAY);
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

    @Test
    void throwAwayNumbersAreForgottenAfterThreeYears() {
        NumberTable.Builder seen = new NumberTable.Builder();
        seen.add(33612345678L, (int) TODAY.minusMonths(36).plusDays(1).toEpochDay());
        seen.add(33612345679L, (int) TODAY.minusMonths(36).toEpochDay());
        LocalNumbers numbers =
                new LocalNumbers(new NumberData(SHIPPED.operators(), List.of(seen.build()), NumberTable.EMPTY));

        assertThat(numbers.of(number("+33612345678"), Optional.empty(), TODAY).temporary())
                .contains(true);
        assertThat(numbers.of(number("+33612345679"), Optional.empty(), TODAY).temporary())
                .isEmpty();
    }

    @Test
    void theShippedListIsWhole() {
        assertThat(SHIPPED.disposable().getFirst().size()).isEqualTo(93_287);
        assertThat(SHIPPED.lastDisposable(new PhoneNumber("+46200231", "SE", LineType.FIXED_LINE)))
                .contains(LocalDate.of(2023, 12, 20));
    }
}
