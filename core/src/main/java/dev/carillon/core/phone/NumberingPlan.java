// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToCarrierMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The world's numbering plans, as libphonenumber knows them.
 *
 * <p>Thread-safe. A parse reads the number once and finds region and line type with it: some tens of microseconds.
 */
public final class NumberingPlan {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    private static final PhoneNumberToCarrierMapper CARRIERS = PhoneNumberToCarrierMapper.getInstance();

    /** A longer text cannot be a number, and is not worth repeating to who sent it. */
    private static final int MAX_QUOTED = 32;

    /** What {@code getRegionCodeForNumber} says of numbers of no country. */
    private static final String NON_GEOGRAPHIC = "001";

    /** A spelling that its country has given up, and the one that reaches the same line today. */
    private record Retired(Pattern old, String current) {}

    /** Address books keep old spellings for years. They are tried only when the number is not valid as it stands. */
    private static final List<Retired> RETIRED = List.of(
            // Mexico dropped the 1 before mobile numbers in August 2019.
            new Retired(Pattern.compile("\\+521([0-9]{10})"), "+52$1"),
            // Benin put 01 before all its numbers in November 2024.
            new Retired(Pattern.compile("\\+229([0-9]{8})"), "+22901$1"));

    private NumberingPlan() {}

    /**
     * Reads a number in E.164.
     *
     * <p>The text must be {@code +} and 7 to 15 ASCII digits, the first not zero, and nothing else: no spaces, no
     * extension. What is then not canonical becomes so: a national prefix goes ({@code +4407…} is {@code +447…}), and
     * spellings that a country has retired become today's.
     *
     * @return the number, or why the text is none; no text makes this throw
     */
    public static ParseResult parse(String text) {
        PhoneNumber number = PhoneNumber.isE164(text) ? read(text) : null;
        return number != null
                ? new ParseResult.Valid(number)
                : new ParseResult.Invalid(quote(text) + " is not a valid phone number");
    }

    /**
     * The operator that the number's range was given to, by its English name: a hint only, for where numbers can be
     * ported it may be served by another. Absent for lines that are not mobile, and in countries whose ranges do
     * not tell, such as the United States.
     */
    public static Optional<String> carrier(PhoneNumber number) {
        return switch (number.lineType()) {
            case MOBILE, PAGER ->
                Optional.of(CARRIERS.getNameForValidNumber(fields(number.value()), Locale.ENGLISH))
                        .filter(name -> !name.isEmpty());
            default -> Optional.empty();
        };
    }

    /** The country calling code of a region by its ISO 3166-1 alpha-2 code in capital letters; 0 when there is no such region. */
    public static int callingCode(String region) {
        return PLANS.getCountryCodeForRegion(region);
    }

    private static @Nullable PhoneNumber read(String e164) {
        PhoneNumber number = readAsItStands(e164);
        if (number == null) {
            number = readCanonical(e164);
        }
        for (Retired retired : RETIRED) {
            Matcher matcher = retired.old.matcher(e164);
            if (number == null && matcher.matches()) {
                number = readCanonical(matcher.replaceFirst(retired.current));
            }
        }
        return number;
    }

    /** Nearly every number that comes is canonical already; libphonenumber's parser spends most of its time on what is not. */
    private static @Nullable PhoneNumber readAsItStands(String e164) {
        return describe(e164, fields(e164));
    }

    /** Null when not valid, or when the canonical spelling would itself be read as another number. */
    private static @Nullable PhoneNumber readCanonical(String e164) {
        PhoneNumber number = parseOnce(e164);
        return number == null || number.value().equals(e164) || number.equals(parseOnce(number.value()))
                ? number
                : null;
    }

    private static @Nullable PhoneNumber parseOnce(String e164) {
        try {
            Phonenumber.PhoneNumber parsed = PLANS.parse(e164, null);
            return describe(PLANS.format(parsed, PhoneNumberFormat.E164), parsed);
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static @Nullable PhoneNumber describe(String canonical, Phonenumber.PhoneNumber fields) {
        PhoneNumberType type = PLANS.getNumberType(fields); // UNKNOWN is what isValidNumber tests, too
        if (type == PhoneNumberType.UNKNOWN || !PhoneNumber.isE164(canonical)) {
            return null;
        }
        String region = PLANS.getRegionCodeForNumber(fields);
        return new PhoneNumber(canonical, NON_GEOGRAPHIC.equals(region) ? null : region, LineTypes.of(canonical, type));
    }

    /** libphonenumber's own form of a number, put together without a second parse. */
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

    /** The text as it may stand in an answer: bounded, on one line. */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        text.codePoints().limit(MAX_QUOTED).forEach(c -> quoted.appendCodePoint(isPrintable(c) ? c : '?'));
        return text.codePointCount(0, text.length()) > MAX_QUOTED ? quoted + "…" : quoted.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
