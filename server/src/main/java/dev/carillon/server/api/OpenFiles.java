// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many connections the process may have, by the files that it may open. Past that Helidon could not take one more, and would stop listening
 * for good.
 */
final class OpenFiles {
    /** For the store, the messages that go out, and what the JVM has open. */
    private static final int OTHERS = 512;

    private static final String NAME = "Max open files";

    private OpenFiles() {}

    /**
     * The connections that there is room for.
     *
     * @param wanted the most that would be of use
     */
    static int connections(int wanted) {
        try {
            return connections(wanted, Files.readAllLines(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return wanted; // not Linux
        }
    }

    /** @param limits as Linux tells them; the JVM has raised the soft one as far as it may */
    static int connections(int wanted, List<String> limits) {
        return limits.stream()
                .filter(line -> line.startsWith(NAME))
                .map(line -> line.substring(NAME.length()).strip().split(" +", 2)[0])
                .filter(soft -> soft.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .map(soft -> Math.max(soft / 4, Math.min(wanted, soft - OTHERS)))
                .map(room -> Math.clamp(room, 1, wanted))
                .mapToInt(Math::toIntExact)
                .findFirst()
                .orElse(wanted);
    }
}
