// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings file: a YAML mapping of names to plain values, and {@code connections} and {@code lookups}, which are trees. */
final class ConfigFile {
    /** A value as it stands in the file. */
    record Scalar(String text, Setting.Type type) {}

    /**
     * What a file says.
     *
     * @param trees those that it has, by name
     */
    record Content(Map<String, Scalar> scalars, Map<String, Map<String, Object>> trees) {
        @Override
        public String toString() {
            return "Content[not shown]";
        }
    }

    private ConfigFile() {}

    /**
     * Reads the file.
     *
     * @throws ConfigException when it cannot be read, is not such a mapping, or says something twice
     */
    static Content read(Path file) {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = YamlTree.FACTORY.createParser(in)) {
            return mapping(parser, file);
        } catch (NoSuchFileException e) {
            throw new ConfigException("the settings file " + file + " does not exist");
        } catch (JsonProcessingException e) {
            throw new ConfigException("the settings file " + file + " is not valid YAML" + YamlTree.place(e));
        } catch (IOException e) {
            throw new ConfigException("the settings file " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static Content mapping(JsonParser parser, Path file) throws IOException {
        Map<String, Scalar> values = new LinkedHashMap<>();
        Map<String, Map<String, Object>> trees = new HashMap<>();
        JsonToken first = parser.nextToken();
        if (first == null || (first == JsonToken.VALUE_NULL && parser.nextToken() == null)) {
            return new Content(values, trees);
        }
        if (first != JsonToken.START_OBJECT) {
            throw new ConfigException("the settings file " + file + " is not a mapping of names to values");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (ConnectionsTree.NAMES.contains(name)) {
                if (trees.put(name, tree(name, token, parser, file)) != null) {
                    throw new ConfigException(name + " is set twice in " + file);
                }
                continue;
            }
            if (values.put(name, scalar(name, token, parser, file)) != null) {
                throw new ConfigException(name + " is set twice in " + file);
            }
        }
        if (parser.nextToken() != null) {
            throw new ConfigException("the settings file " + file + " holds more than one document");
        }
        return new Content(values, trees);
    }

    private static Map<String, Object> tree(String name, JsonToken token, JsonParser parser, Path file)
            throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw new ConfigException(name + " must be a mapping of names to settings (from " + file + ")");
        }
        try {
            return YamlTree.mapping(parser, name);
        } catch (ConfigException e) {
            throw new ConfigException(e.getMessage() + " (from " + file + ")");
        }
    }

    private static Scalar scalar(String name, JsonToken token, JsonParser parser, Path file) throws IOException {
        return switch (token) {
            case VALUE_STRING -> new Scalar(parser.getText(), Setting.Type.TEXT);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar(parser.getText(), Setting.Type.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(parser.getText(), Setting.Type.BOOLEAN);
            case START_OBJECT -> throw wrong(name, "a mapping", file);
            case START_ARRAY -> throw wrong(name, "a list", file);
            default -> throw new ConfigException(name + " has no value (from " + file + ")");
        };
    }

    private static ConfigException wrong(String name, String what, Path file) {
        return new ConfigException(name + " is " + what + ", not a plain value (from " + file + ")");
    }
}
