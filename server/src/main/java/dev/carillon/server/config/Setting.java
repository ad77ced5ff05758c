// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One row of the table of settings. Its other spellings follow from its name: {@code admin-port} in the file, {@code
 * CARILLON_ADMIN_PORT} in the environment, {@code --admin-port} on the command line.
 *
 * @param type what the file must give it as
 * @param sources where it may be set
 * @param placeholder what the help shows for the value
 * @param standard the default as text; empty: not set
 * @param parser reads the text; its IllegalArgumentException says what is wrong, to be read after the name
 */
record Setting<T>(
        String name,
        Type type,
        Set<Source> sources,
        Scope scope,
        String placeholder,
        Optional<String> standard,
        String description,
        Function<String, T> parser) {

    enum Type {
        TEXT("text"),
        NUMBER("a whole number"),
        BOOLEAN("true or false");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    enum Source {
        FILE,
        ENVIRONMENT,
        COMMAND_LINE
    }

    /** Which commands take it. */
    enum Scope {
        /** All that open the store. */
        STORE,
        /** Only those that serve. */
        SERVER
    }

    String option() {
        return "--" + name;
    }

    String variable() {
        return Settings.VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    boolean from(Source source) {
        return sources.contains(source);
    }
}
