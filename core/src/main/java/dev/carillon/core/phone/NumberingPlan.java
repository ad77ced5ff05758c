// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The world's numbering plans, as libphonenumber knows them.
 *
 * <p>Thread-safe. Nearly every number that comes is canonical already: it is found in a table that was made of libphonenumber's patterns, in a
 * fraction of a microsecond. Whatever is not found there goes to libphonenumber itself, which takes some tens of microseconds.
 */
public final class NumberingPlan {

    /** Region and type of every valid number. */
    static final String PLANS_TABLE = "plans.bin.gz";
    /** The operators of ranges. */
    static final String CARRIERS_TABLE = "carriers.bin.gz";

    private static final DigitTable VALID = DigitTable.resource(PLANS_TABLE);
    /** What the words of that table mean, in their order; the first is none. */
    private static final List<Kind> KINDS =
            VALID.words().stream().map(NumberingPlan::kind).toList();

    /** A longer text cannot be a number, and is not worth repeating to who sent it. */
    private static final int MAX_QUOTED = 32;

    /** What {@code getRegionCodeForNumber} says of numbers of no country. */
    private static final String NON_GEOGRAPHIC = "001";

    private record Kind(@Nullable String region, PhoneNumberType type) {}

    /** Loaded when a number is not in the tables, which few are; it takes a while and some megabytes. */
    private static final class Library {
        static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    }

    /** Read when a carrier is asked for first. */
    private static final class Carriers {
        static final DigitTable ALL = DigitTable.resource(CARRIERS_TABLE);
        static final List<Optional<String>> NAMES =
                ALL.words().stream().map(Optional::of).toList();
    }

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
            case MOBILE, PAGER -> {
                int name = Carriers.ALL.beginning(number.value());
                yield name == DigitTable.NONE ? Optional.empty() : Carriers.NAMES.get(name);
            }
            default -> Optional.empty();
        };
    }

    /** The country calling code of a region by its ISO 3166-1 alpha-2 code in capital letters; 0 when there is no such region. */
    public static int callingCode(String region) {
        return Library.PLANS.getCountryCodeForRegion(region);
    }

    private static @Nullable PhoneNumber read(String e164) {
        PhoneNumber number = describe(e164);
        if (number == null) {
            number = readCanonical(e164);
        }
        return number != null ? number : readRetired(e164);
    }

    private static @Nullable PhoneNumber readRetired(String e164) {
        for (Retired retired : RETIRED) {
            Matcher matcher = retired.old.matcher(e164);
            if (matcher.matches()) {
                return readCanonical(matcher.replaceFirst(retired.current));
            }
        }
        return null;
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
            String canonical = Library.PLANS.format(Library.PLANS.parse(e164, null), PhoneNumberFormat.E164);
            return PhoneNumber.isE164(canonical) ? describe(canonical) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** Null when no plan has it. */
    private static @Nullable PhoneNumber describe(String e164) {
        int word = VALID.exactly(e164);
        if (word == DigitTable.NONE) {
            return null;
        }
        Kind kind = KINDS.get(word);
        return new PhoneNumber(e164, kind.region, LineTypes.of(e164, kind.type));
    }

    /** Of a word such as {@code FR MOBILE}. */
    private static Kind kind(String word) {
        int space = word.indexOf(' ');
        if (space < 0) {
            return new Kind(null, PhoneNumberType.UNKNOWN);
        }
        String region = word.substring(0, space);
        return new Kind(
                NON_GEOGRAPHIC.equals(region) ? null : region, PhoneNumberType.valueOf(word.substring(space + 1)));
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
