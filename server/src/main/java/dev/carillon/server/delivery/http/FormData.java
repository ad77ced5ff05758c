// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code application/x-www-form-urlencoded}, as bodies and queries have it (WHATWG URL §5), in UTF-8. */
public final class FormData {
    /** The content type of {@link #encode}. */
    public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private FormData() {}

    /** Names and values, in the map's order. */
    public static String encode(Map<String, String> fields) {
        List<String> pairs = new ArrayList<>(fields.size());
        fields.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
        return String.join("&", pairs);
    }

    /** One name or value; a space becomes {@code +}. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What a form holds, in order; empty when an escape is malformed or the bytes are not UTF-8. */
    public static Optional<Map<String, List<String>>> decode(String form) {
        return decode(form.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of a body. */
    public static Optional<Map<String, List<String>>> decode(byte[] form) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        // Any byte is a character of Latin-1, so that what was not escaped is decoded together with what was.
        for (String pair : new String(form, StandardCharsets.ISO_8859_1).split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            Optional<String> name = text(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = text(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            fields.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
        }
        return Optional.of(fields);
    }

    /** The one value of a name; empty when there is none, or more than one. */
    public static Optional<String> only(Map<String, List<String>> fields, String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** @param encoded a character for each byte */
    private static Optional<String> text(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
