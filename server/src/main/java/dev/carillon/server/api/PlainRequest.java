// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request with a body that came in one piece, in the plainest form there is, so that nobody could see its end elsewhere: nothing in its head
 * changes how it is read, or what is to be done with the connection, or asks for something in the answer.
 *
 * @param apiKey the value of its {@code x-api-key}
 */
record PlainRequest(String apiKey) {
    private static final String LINE_END = "\r\n";
    /** Digits of a length that is not too long for anybody. */
    private static final int LENGTH_DIGITS = 6;

    /**
     * Reads the head.
     *
     * @param bytes the whole request, with nothing behind it
     * @param at where its second line begins
     * @return null when it is not plain, or not a request
     */
    static @Nullable PlainRequest read(byte[] bytes, int at) {
        String text = new String(bytes, at, bytes.length - at, ISO_8859_1);
        @Nullable String host = null;
        @Nullable String key = null;
        @Nullable String length = null;
        int begin = 0;
        for (int end = text.indexOf(LINE_END); end > begin; end = text.indexOf(LINE_END, begin)) {
            int colon = text.indexOf(':', begin);
            if (!isToken(text, begin, colon) || !isValue(text, colon + 1, end)) {
                return null;
            }
            String value = text.substring(colon + 1, end).strip();
            switch (text.substring(begin, colon).toLowerCase(Locale.ROOT)) {
                case "host" -> {
                    if (host != null) {
                        return null;
                    }
                    host = value;
                }
                case "x-api-key" -> {
                    if (key != null) {
                        return null;
                    }
                    key = value;
                }
                case "content-length" -> {
                    if (length != null) {
                        return null;
                    }
                    length = value;
                }
                case "connection" -> {
                    if (!value.equalsIgnoreCase("keep-alive")) {
                        return null;
                    }
                }
                case "transfer-encoding", "expect", "upgrade", "http2-settings", "x-request-id" -> {
                    return null;
                }
                default -> {}
            }
            begin = end + LINE_END.length();
        }
        boolean whole = text.startsWith(LINE_END, begin)
                && length != null
                && isNumber(length)
                && Integer.parseInt(length) == text.length() - begin - LINE_END.length();
        return whole && host != null && key != null ? new PlainRequest(key) : null;
    }

    /** RFC 9110 §5.6.2, as far as names of headers go in practice. */
    private static boolean isToken(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !digit && c != '-' && c != '_') {
                return false;
            }
        }
        return begin < end;
    }

    private static boolean isValue(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return begin <= end;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= LENGTH_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
