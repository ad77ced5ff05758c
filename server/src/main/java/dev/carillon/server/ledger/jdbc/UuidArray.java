// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A parameter of type {@code uuid[]}. pgjdbc itself sends those as text, which both sides have to write and
 * parse; this is the binary form of {@code array_recv}, for which {@code binaryTransferEnable} must name the type.
 */
final class UuidArray extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1;
    private static final int HEADER = 20;
    private static final int ELEMENT = 20;

    /** For {@code binaryTransferEnable}. */
    static final String TYPE_OID = String.valueOf(Oid.UUID_ARRAY);

    private final List<UUID> elements;

    UuidArray(Collection<UUID> elements) {
        this.elements = List.copyOf(elements);
        this.type = "_uuid";
    }

    /** The text form, for sessions that do not transfer binary. */
    @Override
    public String getValue() {
        return elements.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public int lengthInBytes() {
        return HEADER + ELEMENT * elements.size();
    }

    @Override
    public void toBytes(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, bytes.length - offset)
                .putInt(1) // dimensions
                .putInt(0) // no nulls
                .putInt(Oid.UUID)
                .putInt(elements.size())
                .putInt(1); // the first index
        for (UUID element : elements) {
            buffer.putInt(Long.BYTES * 2)
                    .putLong(element.getMostSignificantBits())
                    .putLong(element.getLeastSignificantBits());
        }
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("only a parameter");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UuidArray that && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public Object clone() {
        return new UuidArray(elements);
    }
}
