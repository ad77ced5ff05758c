// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How log lines are written to stderr. */
public enum LogFormat {
    /** Text when stderr is a terminal, JSON otherwise. */
    AUTO,
    /** One line for people. */
    TEXT,
    /** One JSON object a line. */
    JSON;

    static Optional<LogFormat> of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
