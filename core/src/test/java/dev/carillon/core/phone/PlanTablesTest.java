// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberToCarrierMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The tables say what libphonenumber says: they are what is made of its data, and numbers get the same answers. With
 * {@code -Dcarillon.plans.numbers=5000000} many more numbers are tried.
 */
final class PlanTablesTest {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    private static final PhoneNumberToCarrierMapper CARRIERS = PhoneNumberToCarrierMapper.getInstance();
    private static final Set<Integer> CODES = PLANS.getSupportedCallingCodes();
    private static final DigitTable VALID = DigitTable.resource(NumberingPlan.PLANS_TABLE);
    private static final int RANDOM = Integer.getInteger("carillon.plans.numbers", 20_000);

    @Test
    void areMadeOfTheLibraryThatIsUsed() throws IOException {
        assertThat(resource(NumberingPlan.PLANS_TABLE))
                .as("run bin/lookup-data/make-plans.sh")
                .isEqualTo(PlanTables.plans());
        assertThat(resource(NumberingPlan.CARRIERS_TABLE))
                .as("run bin/lookup-data/make-plans.sh")
                .isEqualTo(PlanTables.carriers());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(NumberingPlan.class.getResourceAsStream(name))) {
            return new GZIPInputStream(in).readAllBytes();
        }
    }

    /** Every example of the metadata, what is a digit off, and what is one digit shorter or longer. */
    @Test
    void agreeOnAllExamplesAndTheirNeighbours() {
        for (Phonenumber.PhoneNumber example : examples()) {
            String e164 = PLANS.format(example, PhoneNumberFormat.E164);
            agree(e164);
            for (int i = 1; i < e164.length(); i++) {
                int other = (e164.charAt(i) - '0' + i) % 10;
                agree(e164.substring(0, i) + other + e164.substring(i + 1));
            }
            agree(e164.substring(0, e164.length() - 1));
            agree(e164 + "0");
        }
    }

    @Test
    void agreeOnNumbersByChance() {
        Random random = new Random(42);
        List<Phonenumber.PhoneNumber> examples = examples();
        List<Integer> codes = List.copyOf(CODES);
        for (int i = 0; i < RANDOM; i++) {
            // Half of them of any form, half like ones that are valid.
            if (i % 2 == 0) {
                String code = codes.get(random.nextInt(codes.size())).toString();
                agree("+" + code + digits(random, 4 + random.nextInt(12 - code.length())));
            } else {
                String e164 = PLANS.format(examples.get(random.nextInt(examples.size())), PhoneNumberFormat.E164);
                int kept = Math.min(e164.length() - 1, 4 + random.nextInt(5));
                agree(e164.substring(0, kept) + digits(random, e164.length() - kept));
            }
        }
    }

    @Test
    void refuseOtherCallingCodes() {
        for (int code = 100; code < 1000; code++) {
            int of = CallingCodes.of("+" + code + "1234567");
            if (!CODES.contains(of)) {
                assertThat(VALID.exactly("+" + code + "1234567")).as("+" + code).isEqualTo(DigitTable.NONE);
            }
        }
    }

    private static String digits(Random random, int length) {
        StringBuilder digits = new StringBuilder();
        random.ints(length, 0, 10).forEach(digits::append);
        return digits.toString();
    }

    private static List<Phonenumber.PhoneNumber> examples() {
        List<Phonenumber.PhoneNumber> examples = new ArrayList<>();
        for (PhoneNumberType type : PhoneNumberType.values()) {
            PLANS.getSupportedRegions().forEach(region -> examples.add(PLANS.getExampleNumberForType(region, type)));
        }
        PLANS.getSupportedGlobalNetworkCallingCodes()
                .forEach(code -> examples.add(PLANS.getExampleNumberForNonGeoEntity(code)));
        examples.removeIf(Objects::isNull);
        return examples;
    }

    /** As it stands, that is without what libphonenumber's parser would make of it. */
    private static void agree(String e164) {
        if (!PhoneNumber.isE164(e164) || !CODES.contains(CallingCodes.of(e164))) {
            return; // see refuseOtherCallingCodes; libphonenumber logs each
        }
        Phonenumber.PhoneNumber fields = fields(e164);
        PhoneNumberType type = PLANS.getNumberType(fields);
        String expected = type == PhoneNumberType.UNKNOWN ? "" : PLANS.getRegionCodeForNumber(fields) + " " + type;
        if (!VALID.words().get(VALID.exactly(e164)).equals(expected)) {
            assertThat(VALID.words().get(VALID.exactly(e164))).as(e164).isEqualTo(expected);
        }
        if (type != PhoneNumberType.UNKNOWN) {
            carrierAgrees(e164, fields);
        }
    }

    private static void carrierAgrees(String e164, Phonenumber.PhoneNumber fields) {
        PhoneNumber number = NumberingPlan.parse(e164).asOptional().orElseThrow();
        if (number.lineType() == LineType.MOBILE) {
            Optional<String> expected = Optional.of(CARRIERS.getNameForValidNumber(fields, Locale.ENGLISH))
                    .filter(name -> !name.isEmpty());
            assertThat(NumberingPlan.carrier(number)).as(e164).isEqualTo(expected);
        }
    }

    /** libphonenumber's own form of a number. */
    private static Phonenumber.PhoneNumber fields(String e164) {
        int callingCode = CallingCodes.of(e164);
        String national = e164.substring(1 + Integer.toString(callingCode).length());
        var fields =
                new Phonenumber.PhoneNumber().setCountryCode(callingCode).setNationalNumber(Long.parseLong(national));
        int zeros = 0;
        while (zeros < national.length() - 1 && national.charAt(zeros) == '0') {
            zeros++;
        }
        if (zeros > 0) {
            fields.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
        }
        return fields;
    }
}
