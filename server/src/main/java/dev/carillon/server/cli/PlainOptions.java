// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options in their plain form, {@code --flag value} or {@code --flag=value}, read without picocli: its classes are of a version that no
 * AOT cache takes, and to load and verify them is a third of a second of a start. Whatever could mean anything else is left to picocli.
 */
final class PlainOptions {
    private PlainOptions() {}

    /**
     * Reads options.
     *
     * @param known the flags, such as {@code --port}
     * @return values by flag; empty when picocli has to read them, or to say what is wrong with them
     */
    static Optional<Map<String, String>> read(List<String> arguments, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            String value;
            if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else {
                i++;
                value = i < arguments.size() ? arguments.get(i) : "";
            }
            if (!known.contains(flag) || !isPlain(value) || values.put(flag, value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** Not what may be an option that lost its value, a file of arguments, or quoted. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0;
    }
}
