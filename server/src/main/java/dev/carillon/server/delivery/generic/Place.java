// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Where something stands in what a provider sends. */
public sealed interface Place {
    /** A pattern is the operator's and the text a stranger's: the time that they can take together is bounded by the text. */
    int MAX_MATCHED = 8 * 1024;

    /**
     * What a provider sent.
     *
     * @param json the body as a tree; missing when it is none
     * @param fields of the query and of a body that is a form
     * @param headers by lower-case name
     */
    record Document(JsonNode json, Map<String, List<String>> fields, Map<String, List<String>> headers, String text) {}

    /** What stands there; empty when nothing does. */
    Optional<String> in(Document document);

    /** A value of the body's JSON. */
    record Json(JsonPointer pointer) implements Place {
        @Override
        public Optional<String> in(Document document) {
            return JsonTree.text(document.json(), pointer);
        }
    }

    /** A field of the query or of a form. */
    record Field(String name) implements Place {
        @Override
        public Optional<String> in(Document document) {
            return FormData.only(document.fields(), name).filter(text -> !text.isBlank());
        }
    }

    /** A header. */
    record Header(String name) implements Place {
        @Override
        public Optional<String> in(Document document) {
            return FormData.only(document.headers(), name.toLowerCase(Locale.ROOT))
                    .filter(text -> !text.isBlank());
        }
    }

    /** What a pattern finds in the body: its first group, or all of it when it has none. */
    record Regex(Pattern pattern) implements Place {
        @Override
        public Optional<String> in(Document document) {
            Matcher matcher = pattern.matcher(bounded(document.text()));
            if (!matcher.find()) {
                return Optional.empty();
            }
            return Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0))
                    .filter(text -> !text.isBlank());
        }
    }

    static String bounded(String text) {
        return text.substring(0, Math.min(text.length(), MAX_MATCHED));
    }

    /** Reads a section such as {@code id: {json: /messages/0/id}}; empty when there is none. */
    static Optional<Place> read(Options parent, String name) {
        Options section = parent.section(name);
        List<Place> places = new ArrayList<>();
        section.optionalText("json").ifPresent(text -> places.add(new Json(pointer(section, "json", text))));
        section.optionalText("field").ifPresent(text -> places.add(new Field(text)));
        section.optionalText("header").ifPresent(text -> places.add(new Header(text)));
        section.optionalText("regex").ifPresent(text -> places.add(new Regex(pattern(section, "regex", text))));
        section.refuseUnknown();
        if (places.size() > 1 || (places.isEmpty() && parent.names().contains(name))) {
            throw parent.wrong(name, "must be one of json, field, header or regex");
        }
        return places.stream().findFirst();
    }

    /** A JSON pointer (RFC 6901). */
    static JsonPointer pointer(Options options, String name, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw options.wrong(name, "is not a JSON pointer, such as /messages/0/id");
        }
    }

    static Pattern pattern(Options options, String name, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw options.wrong(name, "is not a regular expression: " + e.getDescription());
        }
    }
}
