// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the tables that lie beside these classes. */
final class Resources {

    private Resources() {}

    /**
     * A properties file of this package, read as UTF-8.
     *
     * @throws IllegalStateException when there is none of that name: the jar is broken
     */
    static NavigableMap<String, String> properties(String name) {
        Properties properties = new Properties();
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        NavigableMap<String, String> table = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> table.put(key, properties.getProperty(key)));
        return table;
    }
}
