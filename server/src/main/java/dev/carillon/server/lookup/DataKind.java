// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an operator can bring along. Each set is kept as lines of one form, whatever form it came in. */
public enum DataKind {
    /** Networks and their names: {@code region;network;name|name}. They are heard besides those that the program brings. */
    NETWORKS("[A-Z]{2};[2-7][0-9]{4,5};[^;]+"),
    /** Numbers that are lent to everybody: {@code digits;day}, when each was last seen. They are heard besides those of the program. */
    DISPOSABLE("[1-9][0-9]{6,14};[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    /** Numbers that another operator serves than their range says: {@code digits;network}. */
    PORTED("[1-9][0-9]{6,14};[2-7][0-9]{4,5}"),
    /** Which operator a range of mobile numbers was given to: {@code digits that begin it;name}. They go before those of the program. */
    RANGES("[1-9][0-9]{1,14};[^;]{1,100}");

    private final Pattern line;

    DataKind(String line) {
        this.line = Pattern.compile(line);
    }

    /** How it is called on the command line and on disk. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a word. */
    public static Optional<DataKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    boolean accepts(String text) {
        return line.matcher(text).matches();
    }
}
