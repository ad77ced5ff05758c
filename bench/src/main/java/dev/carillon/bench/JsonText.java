// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a string member in a JSON text without parsing it: the client must stay cheap, and the answers that it reads are
 * flat objects whose values need no escapes.
 */
final class JsonText {
    private JsonText() {}

    /** The value of the first member of that name, or null when there is none or it is not a string. */
    static @Nullable String member(String json, String name) {
        String quoted = '"' + name + '"';
        for (int at = json.indexOf(quoted); at >= 0; at = json.indexOf(quoted, at + 1)) {
            int colon = skipSpace(json, at + quoted.length());
            if (colon < json.length() && json.charAt(colon) == ':') {
                int open = skipSpace(json, colon + 1);
                int close = json.indexOf('"', open + 1);
                return open < json.length() && json.charAt(open) == '"' && close > 0
                        ? json.substring(open + 1, close)
                        : null;
            }
        }
        return null;
    }

    /** The value of the first member of that name, which is a whole number from 0; 0 when there is none. */
    static long number(String json, String name) {
        int at = json.indexOf('"' + name + "\":");
        long value = 0;
        for (int i = at < 0 ? json.length() : at + name.length() + 3;
                i < json.length() && Character.isDigit(json.charAt(i));
                i++) {
            value = value * 10 + json.charAt(i) - '0';
        }
        return value;
    }

    /** The flat objects of an array; no value of theirs has a brace in it. */
    static List<String> objects(String json) {
        List<String> objects = new ArrayList<>();
        for (int open = json.indexOf('{'); open >= 0; ) {
            int close = json.indexOf('}', open);
            if (close < 0) {
                break;
            }
            objects.add(json.substring(open, close + 1));
            open = json.indexOf('{', close);
        }
        return objects;
    }

    private static int skipSpace(String json, int from) {
        int at = from;
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at;
    }
}
