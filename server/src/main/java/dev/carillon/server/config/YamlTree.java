// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * YAML as a tree of maps, lists, texts, whole numbers (Integer, Long), decimal numbers and booleans: what is written twice, is
 * empty, is too deep or too much is refused. Messages name the place and never show a value, which may be a secret.
 */
public final class YamlTree {
    /** Words such as NO stay words: it is a country. */
    static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();

    private static final int MAX_DEPTH = 12;
    private static final int MAX_NODES = 20_000;
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");

    private final JsonParser parser;
    private int nodes;

    private YamlTree(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a document that is one mapping; an empty one is an empty mapping.
     *
     * @throws ConfigException naming the place that is wrong
     */
    public static Map<String, Object> parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Map.of();
            }
            if (first != JsonToken.START_OBJECT) {
                throw new ConfigException("this is not a mapping of names to values");
            }
            Map<String, Object> tree = new YamlTree(parser).mapping("", 0);
            if (parser.nextToken() != null) {
                throw new ConfigException("there is more than one document");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new ConfigException("this is not valid YAML" + place(e));
        } catch (IOException e) {
            throw new ConfigException("this cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads the mapping that the parser stands at the beginning of.
     *
     * @param name what it is called, for messages
     */
    static Map<String, Object> mapping(JsonParser parser, String name) throws IOException {
        return new YamlTree(parser).mapping(name, 0);
    }

    /** " near line 3"; never the parser's own message, which quotes the line, which may hold a password. */
    static String place(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        return place == null ? "" : " near line " + place.getLineNr();
    }

    private Map<String, Object> mapping(String path, int depth) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String place = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            if (values.put(name, value(place, depth + 1)) != null) {
                throw new ConfigException(place + " is set twice");
            }
        }
        return values;
    }

    private List<Object> list(String path, int depth) throws IOException {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(path + "[" + (values.size() + 1) + "]", depth + 1));
        }
        return values;
    }

    private Object value(String path, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new ConfigException(path + " is nested too deeply");
        }
        if (++nodes > MAX_NODES) {
            throw new ConfigException(path + ": there is too much in here");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new ConfigException(path + " is an alias (*name); write it out");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(path, depth);
            case START_ARRAY -> list(path, depth);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw new ConfigException(path + " has no value");
        };
    }

    /** What YAML calls a number but people mean as a text stays as it is written: +4915112345678, 0123, 1e3, 0x1F, 19 digits. */
    private static Object number(String text) {
        if (WHOLE.matcher(text).matches()) {
            long number = Long.parseLong(text);
            if (number == (int) number) {
                return (int) number;
            }
            return number;
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }
}
