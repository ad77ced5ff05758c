// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberingPlanTest {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private static PhoneNumber number(String text) {
        return NumberingPlan.parse(text).asOptional().orElseThrow();
    }

    private static String reason(String text) {
        return ((ParseResult.Invalid) NumberingPlan.parse(text)).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "+33612345678,     FR, MOBILE",
        "+33142278186,     FR, FIXED_LINE",
        "+447400123456,    GB, MOBILE",
        "+447911123456,    GG, MOBILE", // +44 is not only the United Kingdom
        "+447624123456,    IM, MOBILE",
        "+447012345678,    GB, OTHER",
        "+390612345678,    IT, FIXED_LINE",
        "+39066982,        VA, FIXED_LINE",
        "+77011234567,     KZ, MOBILE",
        "+79123456789,     RU, MOBILE",
        "+12025550100,     US, MOBILE", // reserved for fiction, and so the number in every example
        "+12025550199,     US, MOBILE",
        "+14155552671,     US, MOBILE",
        "+16135550123,     CA, MOBILE",
        "+18765550123,     JM, MOBILE",
        "+18005551234,     US, TOLL_FREE",
        "+19005551234,     US, PREMIUM_RATE",
        "+2290197123456,   BJ, MOBILE",
        "+8816123456789,   ,   SATELLITE",
        "+881812345678,    ,   SATELLITE",
        "+8821612345678,   ,   SATELLITE",
        "+870773123456,    ,   SATELLITE",
        "+883510012345678, ,   VOIP",
        "+979123456789,    ,   PREMIUM_RATE",
        "+80012345678,     ,   TOLL_FREE",
        "+80812345678,     ,   SHARED_COST"
    })
    void tellsRegionAndLineType(String text, String region, LineType type) {
        PhoneNumber number = number(text);
        assertThat(number.value()).isEqualTo(text);
        assertThat(number.regionCode()).isEqualTo(region);
        assertThat(number.lineType()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "+5215512345678, +525512345678", // Mexico before 2019
        "+22997123456, +2290197123456", // Benin before 2024
        "+4407911123456, +447911123456", // the national prefix kept by mistake
        "+54111523456789, +5491123456789" // Argentina's way to write a mobile at home
    })
    void makesOneNumberOfAllItsSpellings(String text, String canonical) {
        assertThat(number(text)).isEqualTo(number(canonical));
        assertThat(number(text).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "+0",
                "33612345678",
                "0612345678",
                "0033612345678",
                " +33612345678",
                "+33612345678 ",
                "+33612345678\n",
                "+33 6 12 34 56 78",
                "+33-612345678",
                "++33612345678",
                "+033612345678",
                "+33612345678;ext=5",
                "+1800FLOWERS",
                "＋33612345678",
                "+３３612345678",
                "+٣٣٦١٢٣٤٥٦٧٨",
                "+3361234567\u0000",
                "+123456",
                "+1234567890123456",
                "+33612345",
                "+336123456789012",
                "+11234567890",
                "+99912345678",
                "+2101234567"
            })
    void refuses(String text) {
        assertThat(NumberingPlan.parse(text)).isInstanceOf(ParseResult.Invalid.class);
    }

    @Test
    void saysWhatIsWrongInDingsWords() {
        assertThat(reason("+0")).isEqualTo("+0 is not a valid phone number");
    }

    @Test
    void quotesHostileTextInBoundsAndOnOneLine() {
        assertThat(reason("+".repeat(1_000_000))).hasSizeLessThan(80);
        assertThat(reason("a\r\nSet-Cookie\u202e")).isEqualTo("a??Set-Cookie? is not a valid phone number");
    }

    @Test
    void doesNotLeakTheNumberOfARefusal() {
        assertThat(NumberingPlan.parse("+33612345").toString()).isEqualTo("Invalid");
        assertThat(NumberingPlan.parse("+33612345678").toString()).doesNotContain("612345");
    }

    @Property(tries = 5000)
    void neverThrows(@ForAll String text) {
        assertThat(NumberingPlan.parse(text)).isNotNull();
    }

    @Property(tries = 3000)
    void agreesWithLibphonenumberAndIsStable(@ForAll("numberLike") String text) throws NumberParseException {
        Optional<PhoneNumber> number = NumberingPlan.parse(text).asOptional();
        if (number.isPresent()) {
            String value = number.get().value();
            assertThat(number(value)).isEqualTo(number.get());
            assertThat(PLANS.isValidNumber(PLANS.parse(value, null))).isTrue();
        } else {
            assertThat(isValid(text)).isFalse();
        }
    }

    @Provide
    Arbitrary<String> numberLike() {
        Arbitrary<String> codes =
                Arbitraries.of(PLANS.getSupportedCallingCodes()).map(String::valueOf);
        Arbitrary<String> rest = Arbitraries.strings().numeric().ofMinLength(5).ofMaxLength(12);
        return codes.flatMap(code -> rest.map(digits -> "+" + code + digits)).filter(PhoneNumber::isE164);
    }

    private static boolean isValid(String text) {
        try {
            return PLANS.isValidNumber(PLANS.parse(text, null));
        } catch (NumberParseException e) {
            return false;
        }
    }

    @Test
    void readsTheExampleMobileOfEveryRegion() {
        for (String region : PLANS.getSupportedRegions()) {
            var example = PLANS.getExampleNumberForType(region, PhoneNumberType.MOBILE);
            if (example != null) {
                PhoneNumber number = number(PLANS.format(example, PhoneNumberFormat.E164));
                assertThat(number.regionCode()).isEqualTo(PLANS.getRegionCodeForNumber(example));
                assertThat(number.lineType()).isEqualTo(LineType.MOBILE);
                assertThat(number.callingCode()).isEqualTo(example.getCountryCode());
            }
        }
    }

    @Test
    void knowsWhoHoldsARange() {
        assertThat(NumberingPlan.carrier(number("+33612345678"))).contains("SFR");
        assertThat(NumberingPlan.carrier(number("+447911123456"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12025550100", "+33142278186", "+390612345678", "+8816123456789", "+80012345678"})
    void staysSilentWhereTheRangeDoesNotTell(String text) {
        assertThat(NumberingPlan.carrier(number(text))).isEmpty();
    }

    @Test
    void findsAsManyCarriersAsLibphonenumberDoes() {
        long known = PLANS.getSupportedRegions().stream()
                .map(region -> PLANS.getExampleNumberForType(region, PhoneNumberType.MOBILE))
                .filter(Objects::nonNull)
                .map(example -> number(PLANS.format(example, PhoneNumberFormat.E164)))
                .filter(number -> NumberingPlan.carrier(number).isPresent())
                .count();
        assertThat(known).isGreaterThanOrEqualTo(210);
    }
}
