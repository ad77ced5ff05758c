// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.PhoneNumber;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/** A whole number for each of many phone numbers. Two sorted arrays: 12 bytes for each. Immutable. */
final class NumberTable {
    static final NumberTable EMPTY = new NumberTable(new long[0], new int[0]);

    private static final int BASE = 10;
    private static final int MORE = 0x80;
    private static final int BITS = 7;
    private static final int LARGEST_SHIFT = 63;

    private final long[] numbers;
    private final int[] values;

    private NumberTable(long[] numbers, int[] values) {
        this.numbers = numbers;
        this.values = values;
    }

    /**
     * Reads the form that bin/lookup-data makes: how many, then for each in order the difference to the one before and the value, all in
     * LEB128.
     */
    static NumberTable read(InputStream packed) throws IOException {
        // At once: byte after byte from a stream would take longer than all the rest of it.
        ByteBuffer in = ByteBuffer.wrap(packed.readAllBytes());
        try {
            int size = Math.toIntExact(next(in));
            long[] numbers = new long[size];
            int[] values = new int[size];
            long last = 0;
            for (int i = 0; i < size; i++) {
                last += next(in);
                numbers[i] = last;
                values[i] = Math.toIntExact(next(in));
            }
            return new NumberTable(numbers, values);
        } catch (BufferUnderflowException e) {
            throw new EOFException("the list is cut off");
        }
    }

    /** What there is for a number. */
    OptionalInt get(PhoneNumber number) {
        return get(Long.parseLong(number.value(), 1, number.value().length(), 10));
    }

    /** What there is for the most digits that a number begins with, of a table of such beginnings. */
    OptionalInt beginning(PhoneNumber number) {
        long digits = Long.parseLong(number.value(), 1, number.value().length(), 10);
        OptionalInt found = OptionalInt.empty();
        while (numbers.length > 0 && digits > 0 && found.isEmpty()) {
            found = get(digits);
            digits /= BASE;
        }
        return found;
    }

    private OptionalInt get(long number) {
        int at = Arrays.binarySearch(numbers, number);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(values[at]);
    }

    int size() {
        return numbers.length;
    }

    /** Collects a table, number after number in ascending order. Belongs to one thread. */
    static final class Builder {
        private static final int FIRST = 1024;

        private long[] numbers = new long[FIRST];
        private int[] values = new int[FIRST];
        private int size;

        /** @throws IllegalArgumentException when the number does not come after the one before */
        void add(long number, int value) {
            if (size > 0 && number <= numbers[size - 1]) {
                throw new IllegalArgumentException("the numbers are not in order");
            }
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            numbers[size] = number;
            values[size++] = value;
        }

        NumberTable build() {
            return new NumberTable(Arrays.copyOf(numbers, size), Arrays.copyOf(values, size));
        }
    }

    private static long next(ByteBuffer in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < LARGEST_SHIFT; shift += BITS) {
            int octet = Byte.toUnsignedInt(in.get());
            value |= (long) (octet & (MORE - 1)) << shift;
            if (octet < MORE) {
                return value;
            }
        }
        throw new EOFException("a number of the list does not end");
    }
}
