// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.lookup.paid.KnownAnswer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How often the local answer is right, against a table of numbers of which the truth is known; docs/lookup.md reports it. */
final class AccuracyTest {
    private static final LocalNumbers NUMBERS = new LocalNumbers(NumberData.shipped());

    private record Known(String number, String region, LineType type, List<String> networks) {}

    /** How one field did: right, wrong, and left out although the truth is known. */
    private static final class Score {
        private final List<String> right = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();
        private final List<String> silent = new ArrayList<>();

        void add(boolean isRight, String what) {
            (isRight ? right : wrong).add(what);
        }

        @Override
        public String toString() {
            return right.size() + " right, " + wrong.size() + " wrong " + wrong + ", " + silent.size() + " left out "
                    + silent;
        }
    }

    @Test
    void theTableIsLargeEnough() throws IOException {
        List<Known> table = table();
        assertThat(table).hasSizeGreaterThanOrEqualTo(300);
        assertThat(table.stream()
                        .map(Known::region)
                        .filter(region -> !region.isEmpty())
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void regionsAndLineTypesAreRight() throws IOException {
        Score regions = new Score();
        Score types = new Score();
        for (Known known : table()) {
            Optional<PhoneNumber> number = NumberingPlan.parse(known.number).asOptional();
            String region = number.map(PhoneNumber::regionCode).orElse(null);
            LineType type = number.map(PhoneNumber::lineType).orElse(LineType.UNKNOWN);
            regions.add(known.region.equals(Objects.requireNonNullElse(region, "")), known + " " + region);
            types.add(known.type == type, known + " " + type);
        }
        assertThat(regions.wrong).as(regions.toString()).isEmpty();
        // Denmark has fixed and mobile lines in the same ranges.
        assertThat(types.wrong).as(types.toString()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void networksAreRightWhereTheyAreTold() throws IOException {
        Score networks = new Score();
        Score countries = new Score();
        for (Known known : table()) {
            if (known.networks.isEmpty()) {
                continue;
            }
            NumberFacts facts = NUMBERS.of(
                    NumberingPlan.parse(known.number).asOptional().orElseThrow(),
                    Optional.empty(),
                    KnownAnswer.NONE,
                    LocalDate.of(2026, 11, 22));
            String told = facts.mcc().orElse("") + facts.mnc().orElse("");
            if (facts.mnc().isEmpty()) {
                networks.silent.add(known + " " + facts.carrier().orElse(""));
            } else {
                networks.add(known.networks.contains(told), known + " " + told + " " + facts.carrier());
            }
            countries.add(known.networks.getFirst().startsWith(facts.mcc().orElse("-")), known + " " + facts.mcc());
        }
        assertThat(countries.wrong).as(countries.toString()).isEmpty();
        assertThat(networks.right).as(networks.toString()).hasSizeGreaterThanOrEqualTo(256);
        assertThat(networks.wrong).as(networks.toString()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void plainLibphonenumberKnowsFewerLineTypes() throws IOException, NumberParseException {
        PhoneNumberUtil plain = PhoneNumberUtil.getInstance();
        Set<String> different = new TreeSet<>();
        for (Known known : table()) {
            String type = plain.getNumberType(plain.parse(known.number, null)).name();
            String expected =
                    switch (known.type) {
                        case UNIVERSAL_ACCESS -> "UAN";
                        case OTHER -> "PERSONAL_NUMBER";
                        default -> known.type.name();
                    };
            if (!type.equals(expected) && !type.equals("FIXED_LINE_OR_MOBILE")) {
                different.add(known.type + " is " + type);
            }
        }
        assertThat(different).contains("SATELLITE is MOBILE", "SATELLITE is VOIP");
    }

    private static List<Known> table() throws IOException {
        try (InputStream in = Objects.requireNonNull(AccuracyTest.class.getResourceAsStream("known-numbers.csv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", 4))
                    .map(fields -> new Known(
                            fields[0],
                            fields[1],
                            LineType.valueOf(fields[2]),
                            fields[3].isEmpty() ? List.of() : List.of(fields[3].split("\\|", -1))))
                    .toList();
        }
    }
}
