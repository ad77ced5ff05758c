// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Writes the body of a row: compact, since rows are what a store's speed is made of. {@link RowReader} reads it. */
public final class RowWriter {
    private byte[] buffer = new byte[512];
    private int size;

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    public RowWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63); // small negative numbers are short too
        while ((rest & ~0x7fL) != 0) {
            put((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
        return this;
    }

    public RowWriter fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            put((int) (value >>> shift));
        }
        return this;
    }

    public RowWriter flag(boolean value) {
        put(value ? 1 : 0);
        return this;
    }

    public RowWriter uuid(UUID value) {
        return fixed(value.getMostSignificantBits()).fixed(value.getLeastSignificantBits());
    }

    /** By position: a new constant goes to the end, and none ever moves. */
    @SuppressWarnings("EnumOrdinal")
    public RowWriter constant(Enum<?> value) {
        return number(value.ordinal());
    }

    /** To the microsecond. */
    public RowWriter instant(Instant value) {
        return number(Times.micros(value));
    }

    public RowWriter bytes(byte[] value) {
        number(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    public RowWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public <T> RowWriter optional(Optional<T> value, Consumer<T> write) {
        flag(value.isPresent());
        value.ifPresent(write);
        return this;
    }

    public <T> RowWriter list(Collection<T> values, Consumer<T> write) {
        number(values.size());
        values.forEach(write);
        return this;
    }

    private void put(int octet) {
        ensure(1);
        buffer[size++] = (byte) octet;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
        }
    }
}
