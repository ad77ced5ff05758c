// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.ArrayList;
import java.util.List;

/**
 * How many SMS a text takes, which is what carriers charge for.
 *
 * <p>What takes two units (a GSM extension character, a surrogate pair) is not divided between two segments, so a
 * segment may stay one unit short.
 *
 * @param encoding what the text needs
 * @param units septets or 16-bit units of the whole text, without any left empty at the end of a segment
 * @param segments at least 1: an empty text is a message, too
 * @param remaining units still free in the last segment
 */
public record Segments(SmsEncoding encoding, int units, int segments, int remaining) {

    /** Counts a text. */
    public static Segments count(String text) {
        SmsEncoding encoding = encodingOf(text);
        int units = units(text, encoding);
        if (units <= encoding.singleCapacity()) {
            return new Segments(encoding, units, 1, encoding.singleCapacity() - units);
        }
        List<String> parts = divide(text, encoding);
        return new Segments(encoding, units, parts.size(), encoding.partCapacity() - units(parts.getLast(), encoding));
    }

    /** The text of each segment; together they are the whole text. */
    public static List<String> split(String text) {
        return split(text, encodingOf(text));
    }

    /**
     * The text of each segment when it goes out in a certain encoding, which may be more than it needs.
     *
     * @param encoding one that has every character of the text
     */
    public static List<String> split(String text, SmsEncoding encoding) {
        return units(text, encoding) <= encoding.singleCapacity() ? List.of(text) : divide(text, encoding);
    }

    private static SmsEncoding encodingOf(String text) {
        return Gsm7.canEncode(text) ? SmsEncoding.GSM_7 : SmsEncoding.UCS_2;
    }

    private static int units(String text, SmsEncoding encoding) {
        if (encoding == SmsEncoding.UCS_2) {
            return text.length();
        }
        int septets = 0;
        for (int i = 0; i < text.length(); i++) {
            septets += Gsm7.septets(text.charAt(i));
        }
        return septets;
    }

    private static List<String> divide(String text, SmsEncoding encoding) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int chars = Character.charCount(text.codePointAt(i));
            int cost = encoding == SmsEncoding.GSM_7 ? Gsm7.septets(text.charAt(i)) : chars;
            if (used + cost > encoding.partCapacity()) {
                parts.add(text.substring(start, i));
                start = i;
                used = 0;
            }
            used += cost;
            i += chars;
        }
        parts.add(text.substring(start));
        return List.copyOf(parts);
    }
}
