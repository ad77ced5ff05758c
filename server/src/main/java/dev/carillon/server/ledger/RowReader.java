// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what {@link RowWriter} wrote; anything else is refused with {@link StoreException}. */
public final class RowReader {
    private final ByteBuffer in;

    RowReader(byte[] body) {
        in = ByteBuffer.wrap(body);
    }

    /** Reads a whole body; a damaged one is an error, never a half-read row. */
    public static <T> T read(byte[] body, Function<RowReader, T> reading) {
        try {
            RowReader reader = new RowReader(body);
            T value = reading.apply(reader);
            if (reader.in.hasRemaining()) {
                throw new StoreException("a row is longer than its content", null);
            }
            return value;
        } catch (BufferUnderflowException
                | ArithmeticException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw new StoreException("a row cannot be read", e);
        }
    }

    public long number() {
        long rest = 0;
        int shift = 0;
        while (true) {
            byte next = in.get();
            rest |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
            shift += 7;
            if (shift > 63) {
                throw new IllegalArgumentException("a number is too long");
            }
        }
    }

    int size() {
        long value = number();
        if (value < 0 || value > in.remaining()) {
            throw new IllegalArgumentException("a length is out of range");
        }
        return (int) value;
    }

    public long fixed() {
        return in.getLong();
    }

    public boolean flag() {
        return in.get() != 0;
    }

    /** One of {@code values}, all constants of an enum. */
    public <E extends Enum<E>> E constant(E[] values) {
        return values[(int) number()];
    }

    public UUID uuid() {
        return new UUID(in.getLong(), in.getLong());
    }

    public Instant instant() {
        return Times.instant(number());
    }

    public byte[] bytes() {
        byte[] value = new byte[size()];
        in.get(value);
        return value;
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public <T> Optional<T> optional(Supplier<T> read) {
        return flag() ? Optional.of(read.get()) : Optional.empty();
    }

    public <T> List<T> list(Supplier<T> read) {
        int size = size();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(read.get());
        }
        return values;
    }
}
