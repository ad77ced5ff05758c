// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.api.JsonBody;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * A phone number as the contract has it: in three fields. They are understood in the national and the international form, with digits of
 * any script, with {@code +1} and {@code 1}, and with ISO codes of two or three letters in either case.
 *
 * @param iso the number's country as it is told again: its own where it is known, else what was given
 */
record PhoneFields(PhoneNumber number, String iso) {
    /** US numbers with the area code 555, which nobody has. */
    private static final String SANDBOX = "\\+1555[0-9]{7}";

    /**
     * Reads the fields.
     *
     * @param sandbox whether numbers that exist only in sandboxes are taken
     */
    static PhoneFields of(JsonBody body, boolean sandbox) {
        String code = Patterns.required(body, "phoneCountryCode", Patterns::isName);
        String number = Patterns.required(body, "phoneNumber", Patterns::isName);
        String iso =
                Patterns.required(body, "isoCountryCode", Patterns::isIsoCode).toUpperCase(Locale.ROOT);
        return e164(code, number, iso)
                .flatMap(e164 -> read(e164, iso, sandbox))
                .orElseThrow(() -> DynamicErrors.refuse(ErrorCode.INVALID_PHONE));
    }

    /** Of a number that was kept. */
    static PhoneFields of(PhoneNumber number) {
        String region = number.regionCode();
        return new PhoneFields(number, region == null ? "" : region);
    }

    static boolean isSandbox(String e164) {
        return e164.matches(SANDBOX);
    }

    /** The number as its country writes it, without the calling code. */
    String national() {
        return number.value().substring(1 + countryCode().length());
    }

    String countryCode() {
        return Integer.toString(number.callingCode());
    }

    /** Writes the three fields. */
    void write(JsonGenerator json) throws IOException {
        json.writeStringField("phoneNumber", national());
        json.writeStringField("phoneCountryCode", countryCode());
        json.writeStringField("isoCountryCode", iso);
    }

    private static Optional<PhoneFields> read(String e164, String iso, boolean sandbox) {
        if (sandbox && isSandbox(e164)) {
            return Optional.of(of(new PhoneNumber(e164, "US", LineType.MOBILE)));
        }
        if (!(NumberingPlan.parse(e164) instanceof ParseResult.Valid(PhoneNumber number))) {
            return Optional.empty();
        }
        String region = number.regionCode();
        return Optional.of(new PhoneFields(number, region == null ? iso : region));
    }

    /** Empty when what was given is no number, or when the fields contradict each other. */
    private static Optional<String> e164(String code, String number, String iso) {
        String calling = digits(code.startsWith("+") ? code.substring(1) : code);
        boolean international = number.startsWith("+");
        String digits = digits(international ? number.substring(1) : number);
        if (!calling.matches("[1-9][0-9]{0,2}") || digits.isEmpty() || callingCode(iso) != Integer.parseInt(calling)) {
            return Optional.empty();
        }
        if (international && !digits.startsWith(calling)) {
            return Optional.empty();
        }
        return Optional.of("+" + (international ? digits : calling + digits));
    }

    /** ASCII digits of a text that is digits with marks between; empty when it is something else. */
    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        for (int point : text.codePoints().toArray()) {
            int value = Character.isDigit(point) ? Character.digit(point, 10) : -1;
            if (value >= 0) {
                digits.append(value);
            } else if (" .-/".indexOf(point) < 0) {
                return "";
            }
        }
        return digits.toString();
    }

    /** Of a country by two or three letters; a digit at the end tells lists of one country apart. 0 when there is none. */
    private static int callingCode(String iso) {
        String letters = iso.replaceAll("[0-9]$", "");
        if (letters.length() == 2) {
            return NumberingPlan.callingCode(letters);
        }
        for (String region : Locale.getISOCountries()) {
            if (Locale.of("", region).getISO3Country().equals(letters)) {
                return NumberingPlan.callingCode(region);
            }
        }
        return 0;
    }
}
