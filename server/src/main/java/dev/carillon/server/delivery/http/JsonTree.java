// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what providers write in JSON: a field that is missing or of another type is an absent one, never a failure. */
public final class JsonTree {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // Names come from outside: none of them is to stay in a table that all share.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonTree() {}

    /** The tree of a text; one that is no JSON value is a missing node. */
    public static JsonNode read(String text) {
        try {
            return orMissing(MAPPER.readTree(text));
        } catch (JsonProcessingException
                | NumberFormatException e) { // the latter for exponents above those of a BigDecimal
            return MissingNode.getInstance();
        }
    }

    /** The tree of bytes in UTF-8 (or another encoding that JSON knows). */
    public static JsonNode read(byte[] bytes) {
        try {
            return orMissing(MAPPER.readTree(bytes));
        } catch (IOException | NumberFormatException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * The text at a place; numbers and booleans as they are written; empty for what is missing, null, blank or not a single value.
     *
     * @param pointer RFC 6901, such as {@code /error/code}; empty: the node itself
     */
    public static Optional<String> text(JsonNode root, String pointer) {
        return text(root, JsonPointer.compile(pointer));
    }

    /** See {@link #text(JsonNode, String)}. */
    public static Optional<String> text(JsonNode root, JsonPointer pointer) {
        JsonNode node = root.at(pointer);
        if (!node.isValueNode() || node.isNull() || node.isMissingNode()) {
            return Optional.empty();
        }
        String text = node.asText();
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /** A new object to be filled. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** Jackson reads nothing at all as no node. */
    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
