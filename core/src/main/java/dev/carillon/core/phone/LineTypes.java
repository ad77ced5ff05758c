// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.List;
import java.util.Map;

/**
 * How the kind of line follows from a number. libphonenumber calls satellite phones mobile or VoIP and has
 * no name for the shared global services, so two tables of our own go before its answer.
 */
final class LineTypes {

    /** Satellite and global mobile systems (ITU-T E.164 assignments). 882 and 883 are shared with land networks. */
    private static final List<String> SATELLITE = List.of(
            "+870", // Inmarsat
            "+8810", // ICO
            "+8811", "+8812", // Ellipso
            "+8813", "+8816", // Iridium
            "+8817", "+8818", // Globalstar
            "+8819", "+88213", // EMSAT
            "+88216"); // Thuraya

    private static final Map<Integer, LineType> GLOBAL_SERVICES = Map.of(
            979, LineType.PREMIUM_RATE,
            808, LineType.SHARED_COST,
            800, LineType.TOLL_FREE,
            878, LineType.UNIVERSAL_ACCESS,
            888, LineType.UNIVERSAL_ACCESS);

    /** The first digit of all calling codes of both tables is that or a greater one. */
    private static final char FIRST_OF_THEM = '8';

    private LineTypes() {}

    /**
     * The line type of a valid number.
     *
     * @param e164 the number
     * @param type what libphonenumber says of it
     */
    static LineType of(String e164, PhoneNumberType type) {
        // Neither is anywhere else: all other numbers are spared the search.
        if (e164.charAt(1) < FIRST_OF_THEM) {
            return translate(type);
        }
        if (SATELLITE.stream().anyMatch(e164::startsWith)) {
            return LineType.SATELLITE;
        }
        LineType global = GLOBAL_SERVICES.get(CallingCodes.of(e164));
        return global != null ? global : translate(type);
    }

    private static LineType translate(PhoneNumberType type) {
        return switch (type) {
            case MOBILE, FIXED_LINE_OR_MOBILE -> LineType.MOBILE;
            case FIXED_LINE -> LineType.FIXED_LINE;
            case TOLL_FREE -> LineType.TOLL_FREE;
            case PREMIUM_RATE -> LineType.PREMIUM_RATE;
            case SHARED_COST -> LineType.SHARED_COST;
            case VOIP -> LineType.VOIP;
            case PAGER -> LineType.PAGER;
            case UAN -> LineType.UNIVERSAL_ACCESS;
            case VOICEMAIL -> LineType.VOICE_MAIL;
            case PERSONAL_NUMBER -> LineType.OTHER;
            case UNKNOWN -> LineType.UNKNOWN;
        };
    }
}
