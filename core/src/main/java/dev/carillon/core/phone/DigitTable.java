// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A word for each of many rows of digits, as the smallest finite automaton that knows them: a step for each digit, with no search and nothing
 * allocated. It takes 22 bytes for each state. Immutable.
 *
 * <p>The tables are made from libphonenumber's metadata by {@code bin/lookup-data/make-plans.sh}; a test holds them against it.
 */
final class DigitTable {
    /** The word of digits that the table has none for. */
    static final int NONE = 0;

    private static final int DIGITS = 10;
    /** The state that nothing leads out of. */
    private static final int DEAD = 0;

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private final List<String> words;
    /** The word of each state. */
    private final char[] word;
    /** Where each state's ten digits lead. */
    private final char[] next;

    private DigitTable(List<String> words, char[] word, char[] next) {
        this.words = words;
        this.word = word;
        this.next = next;
    }

    /** A table that is a resource of this package. */
    static DigitTable resource(String name) {
        try (InputStream in = DigitTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return read(ByteBuffer.wrap(new GZIPInputStream(in).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("the tables in the program cannot be read", e);
        }
    }

    /**
     * Reads a table, whose numbers are all LEB128: how many words there are, each one's length and text in UTF-8, how many states there are, and of each
     * its word and how far back the states are that its digits lead to, 0 where one leads nowhere. The first state is dead and left out; the
     * last one is where all begins.
     */
    static DigitTable read(ByteBuffer in) {
        List<String> words = new ArrayList<>(List.of(""));
        for (int left = number(in); left > 0; left--) {
            byte[] text = new byte[number(in)];
            in.get(text);
            words.add(new String(text, StandardCharsets.UTF_8));
        }
        int states = number(in) + 1;
        char[] word = new char[states];
        char[] next = new char[states * DIGITS];
        for (int state = 1; state < states; state++) {
            word[state] = (char) number(in);
            for (int digit = 0; digit < DIGITS; digit++) {
                int back = number(in);
                next[state * DIGITS + digit] = (char) (back == 0 ? DEAD : state - back);
            }
        }
        return new DigitTable(List.copyOf(words), word, next);
    }

    private static int number(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += BITS) {
            int octet = Byte.toUnsignedInt(in.get());
            value |= (octet & (MORE - 1)) << shift;
            if (octet < MORE) {
                return value;
            }
        }
    }

    /** All words, by their numbers; the first is not one. */
    List<String> words() {
        return words;
    }

    /** The number of the word for exactly these digits, or {@link #NONE}. */
    int exactly(String e164) {
        int state = first();
        for (int i = 1; i < e164.length() && state != DEAD; i++) {
            state = next[state * DIGITS + e164.charAt(i) - '0'];
        }
        return word[state];
    }

    /** The number of the word for the most digits that a number begins with, or {@link #NONE}. */
    int beginning(String e164) {
        int found = NONE;
        int state = first();
        for (int i = 1; i < e164.length() && state != DEAD; i++) {
            state = next[state * DIGITS + e164.charAt(i) - '0'];
            found = word[state] == NONE ? found : word[state];
        }
        return found;
    }

    private int first() {
        return word.length - 1;
    }
}
