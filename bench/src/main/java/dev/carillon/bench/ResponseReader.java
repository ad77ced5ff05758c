// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into HTTP/1.1 answers, however the network split or merged them. Understands what a server of a
 * small JSON API sends (Content-Length, chunks, 1xx) and refuses the rest. An answer that came in parts is read from its
 * beginning each time: answers are small and nearly always come whole, so remembering the place would cost more than it saves.
 */
public final class ResponseReader {
    private static final int MAX_ANSWER = 1 << 20;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private byte[] buffer = new byte[2048];
    private int end;

    /** Takes all the remaining bytes. */
    public void feed(ByteBuffer bytes) throws ProtocolException {
        int count = bytes.remaining();
        if (end + count > MAX_ANSWER) {
            throw new ProtocolException("answer too long");
        }
        if (end + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + count));
        }
        bytes.get(buffer, end, count);
        end += count;
    }

    /** The next whole answer, or null when more bytes must come first. */
    public @Nullable Response next() throws ProtocolException {
        while (true) {
            int headEnd = indexOf(HEAD_END, 0);
            if (headEnd < 0) {
                return null;
            }
            Head head = Head.parse(new String(buffer, 0, headEnd, ISO_8859_1));
            int from = headEnd + HEAD_END.length;
            if (head.status >= 200) {
                return head.chunked ? chunkedBody(head, from) : plainBody(head, from);
            }
            discard(from); // an interim answer (1xx): the real one follows
        }
    }

    private @Nullable Response plainBody(Head head, int from) throws ProtocolException {
        boolean never = head.status == 204 || head.status == 304;
        if (head.length < 0 && !never) {
            throw new ProtocolException("neither Content-Length nor chunks");
        }
        int length = never ? 0 : head.length;
        if (length > end - from) {
            return null;
        }
        Response response = new Response(head.status, head.keepAlive, new String(buffer, from, length, UTF_8));
        discard(from + length);
        return response;
    }

    private @Nullable Response chunkedBody(Head head, int from) throws ProtocolException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = from;
        while (true) {
            int lineEnd = indexOf(LINE_END, at);
            if (lineEnd < 0) {
                return null;
            }
            int size = chunkSize(new String(buffer, at, lineEnd - at, ISO_8859_1));
            if (size == 0) {
                int trailersEnd = indexOf(HEAD_END, lineEnd); // at lineEnd itself when there are no trailers
                if (trailersEnd < 0) {
                    return null;
                }
                discard(trailersEnd + HEAD_END.length);
                return new Response(head.status, head.keepAlive, body.toString(UTF_8));
            }
            at = lineEnd + LINE_END.length;
            if (size > end - at - LINE_END.length) {
                return null;
            }
            body.write(buffer, at, size);
            at += size + LINE_END.length;
        }
    }

    private static int chunkSize(String line) throws ProtocolException {
        int extension = line.indexOf(';');
        return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private static int number(String text, int radix) throws ProtocolException {
        try {
            int value = Integer.parseInt(text, radix);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ProtocolException("not a length: " + text);
    }

    private int indexOf(byte[] what, int from) {
        for (int at = from; at <= end - what.length; at++) {
            if (Arrays.equals(buffer, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }

    private void discard(int count) {
        System.arraycopy(buffer, count, buffer, 0, end - count);
        end -= count;
    }

    /** The parts of an answer's head that matter here; {@code length} is -1 when it is not given. */
    private record Head(int status, boolean keepAlive, boolean chunked, int length) {

        static Head parse(String head) throws ProtocolException {
            if (!head.startsWith("HTTP/1.1 ") || head.length() < 12) {
                throw new ProtocolException("not an HTTP/1.1 answer");
            }
            int status = number(head.substring(9, 12), 10);
            boolean keepAlive = true;
            boolean chunked = false;
            int length = -1;
            int at = head.indexOf("\r\n");
            while (at >= 0) {
                int line = at + 2;
                at = head.indexOf("\r\n", line);
                int lineEnd = at < 0 ? head.length() : at;
                if (isHeader(head, line, "content-length:")) {
                    length = number(head.substring(line + 15, lineEnd).strip(), 10);
                } else if (isHeader(head, line, "transfer-encoding:")) {
                    chunked = head.substring(line + 18, lineEnd).strip().equalsIgnoreCase("chunked");
                } else if (isHeader(head, line, "connection:")) {
                    keepAlive = !head.substring(line + 11, lineEnd).strip().equalsIgnoreCase("close");
                }
            }
            return new Head(status, keepAlive, chunked, length);
        }

        private static boolean isHeader(String head, int line, String name) {
            return head.regionMatches(true, line, name, 0, name.length());
        }
    }
}
