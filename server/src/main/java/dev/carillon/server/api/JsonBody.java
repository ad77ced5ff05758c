// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object that came as a request: strict in form (RFC 8259, UTF-8, no duplicate names, nothing after it), lenient in
 * content (unknown fields are ignored, {@code null} is as good as absent).
 */
public final class JsonBody {

    /** What stands for a value that no field of any contract takes. */
    private enum Other {
        VALUE
    }

    private final Map<String, Object> fields;

    private JsonBody(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads an object.
     *
     * @throws InvalidRequestException saying what is wrong with the form
     */
    public static JsonBody parse(byte[] body) {
        if (body.length == 0) {
            throw new InvalidRequestException("the body is empty; it must be a JSON object");
        }
        CharBuffer text = decode(body);
        try (JsonParser parser = Json.FACTORY.createParser(text.array(), text.arrayOffset(), text.limit())) {
            return read(parser);
        } catch (StreamConstraintsException e) {
            throw new InvalidRequestException("the body is nested deeper than " + Json.MAX_DEPTH + " levels");
        } catch (JsonProcessingException e) {
            throw invalid(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no I/O
        }
    }

    /**
     * A field that is a string.
     *
     * @return empty when absent or null
     * @throws InvalidRequestException when it is something else
     */
    public Optional<String> string(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw new InvalidRequestException(name + " must be a string");
    }

    /** A field that is true or false, by the same rules. */
    public Optional<Boolean> bool(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean bool) {
            return Optional.of(bool);
        }
        throw new InvalidRequestException(name + " must be true or false");
    }

    private static CharBuffer decode(byte[] body) {
        // A JSON text begins with two ASCII characters, or is one: a zero byte among them is the mark of UTF-16 or
        // UTF-32.
        boolean wide = body[0] == 0 || (body.length > 1 && body[1] == 0);
        boolean byteOrderMark = (body[0] & 0xFF) >= 0xFE || (body.length > 2 && body[0] == (byte) 0xEF);
        if (wide || byteOrderMark) {
            throw new InvalidRequestException("the body must be UTF-8 without a byte order mark");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException("the body is not valid UTF-8");
        }
    }

    private static JsonBody read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidRequestException("the body must be a JSON object");
        }
        Map<String, Object> fields = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (value) {
                case VALUE_STRING -> fields.put(name, parser.getText());
                case VALUE_TRUE -> fields.put(name, true);
                case VALUE_FALSE -> fields.put(name, false);
                case VALUE_NULL -> {}
                default -> {
                    parser.skipChildren();
                    fields.put(name, Other.VALUE);
                }
            }
        }
        if (parser.nextToken() != null) {
            throw new InvalidRequestException("something follows the JSON object in the body");
        }
        return new JsonBody(fields);
    }

    private static InvalidRequestException invalid(JsonProcessingException e) {
        String at = " (line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr() + ")";
        // Jackson has no exception of its own for this. Its messages quote the body, so none is passed on.
        boolean duplicate = e.getOriginalMessage().startsWith("Duplicate");
        return new InvalidRequestException(
                (duplicate ? "the body has the same name twice in one object" : "the body is not valid JSON") + at);
    }
}
