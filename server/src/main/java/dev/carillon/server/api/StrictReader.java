// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads chunks as RFC 9112 §7.1 has them, and nothing else. Helidon takes {@code +5} for a size, does not look at what stands where a chunk's line must end, and reads
 * the line of a size to its end however far that is: where a proxy in front sees it otherwise, one request is two, and a line
 * without end is memory without end. Extensions of chunks, which nobody sends, are refused.
 */
final class StrictReader extends DataReader {
    /** Helidon reads such lines for chunks only; the one after the last chunk is empty. */
    private static final Pattern SIZE = Pattern.compile("[0-9A-Fa-f]{0,8}");

    private static final int LINE_END = 2;
    private static final int LONGEST_LINE = 8 + LINE_END;

    @SuppressWarnings("removal") // there is no other way in; without it, what HttpAttackTest has of chunks fails
    StrictReader(Supplier<byte[]> socket) {
        super(socket);
    }

    @Override
    public String readLine() {
        int length = findNewLine(LONGEST_LINE);
        String line = length < LONGEST_LINE ? readAsciiString(length) : "too long";
        if (!SIZE.matcher(line).matches()) {
            throw malformed();
        }
        skip(LINE_END);
        return line;
    }

    @Override
    public BufferData readBuffer(int length) {
        BufferData data = getBuffer(length);
        super.skip(length);
        return data;
    }

    /** Two bytes at once are only skipped where a line ends. */
    @Override
    public void skip(int count) {
        if (count == LINE_END && !startsWithNewLine()) {
            throw malformed();
        }
        super.skip(count);
    }

    private static RequestException malformed() {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .message("A chunk is malformed")
                .build();
    }
}
