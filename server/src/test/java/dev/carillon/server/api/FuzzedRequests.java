// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.config.Cidr;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.webserver.http1.Http1Headers;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Parts of requests, read. */
public final class FuzzedRequests {
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");

    private static final HttpPrologue CREATE =
            HttpPrologue.create("HTTP/1.1", "HTTP", "1.1", Method.POST, "/v1/authentication", false);

    private FuzzedRequests() {}

    /** Addresses that proxies name, ids, what stands in paths. */
    public static void check(byte[] input) {
        String text = new String(input, UTF_8);
        Forms.uuid(text).map(UUID::toString).ifPresent(again -> assertThat(again)
                .isEqualToIgnoringCase(text));
        if (Forms.isIpAddress(text)) {
            assertThat(InetAddress.ofLiteral(text).getHostAddress()).isNotEmpty();
        }
        InetAddress client = new ClientAddresses(Cidr.parseList("10.0.0.0/8")).of(PROXY, List.of(text.split("\n", -1)));
        assertThat(text.contains(client.getHostAddress()) || client.equals(PROXY) || client.getAddress().length == 16)
                .isTrue();
        Optional<String> path = PathText.decode(text);
        path.ifPresent(decoded -> assertThat(decoded.length()).isLessThanOrEqualTo(text.length()));
    }

    /** A request behind its first line: if it is plain, Helidon reads the same key, and leaves the whole body and nothing else. */
    public static void checkPlain(byte[] input) {
        PlainRequest plain = PlainRequest.read(input, 0);
        if (plain != null) {
            Iterator<byte[]> pieces = List.of(input).iterator();
            DataReader reader = new StrictReader(() -> pieces.hasNext() ? pieces.next() : null);
            Headers headers = new Http1Headers(reader, Integer.MAX_VALUE, true).readHeaders(CREATE);
            assertThat(headers.get(HeaderNames.create("x-api-key")).allValues()).containsExactly(plain.apiKey());
            assertThat(headers.get(HeaderNames.HOST).allValues()).hasSize(1);
            assertThat(headers.contentLength()).hasValue(reader.available());
            assertThat(headers.contains(HeaderNames.TRANSFER_ENCODING)).isFalse();
            assertThat(headers.contains(HeaderValues.CONNECTION_CLOSE)).isFalse();
        }
    }

    /**
     * A body in chunks as Helidon reads it, against how RFC 9112 has it: what is taken must be exactly what the grammar gives, and the reader must not
     * hold what goes beyond a line. The first byte says in what pieces it comes.
     */
    public static void checkChunks(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int piece = 1 + (input[0] & 0x3F);
        byte[] wire = Arrays.copyOfRange(input, 1, input.length);
        Iterator<byte[]> pieces = IntStream.iterate(0, at -> at < wire.length, at -> at + piece)
                .mapToObj(at -> Arrays.copyOfRange(wire, at, Math.min(wire.length, at + piece)))
                .iterator();
        Optional<byte[]> ours = read(new StrictReader(() -> pieces.hasNext() ? pieces.next() : null));
        Optional<byte[]> grammars = grammar(new String(wire, ISO_8859_1));
        assertThat(ours.map(body -> new String(body, ISO_8859_1)))
                .isEqualTo(grammars.map(body -> new String(body, ISO_8859_1)));
    }

    private static Optional<byte[]> read(DataReader reader) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (String size = reader.readLine(); ; size = reader.readLine()) {
                if (size.isEmpty()) {
                    return Optional.empty();
                }
                int length = Integer.parseUnsignedInt(size, 16);
                if (length < 0 || length > 1 << 20) {
                    return Optional.empty();
                }
                if (length == 0) {
                    return reader.readLine().isEmpty() ? Optional.of(body.toByteArray()) : Optional.empty();
                }
                body.writeBytes(reader.readBuffer(length).readBytes());
                reader.skip(2);
            }
        } catch (RequestException
                | DataReader.InsufficientDataAvailableException
                | DataReader.IncorrectNewLineException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> grammar(String wire) {
        StringBuilder body = new StringBuilder();
        String left = wire;
        while (true) {
            int end = left.indexOf("\r\n");
            String size = end < 0 ? "" : left.substring(0, end);
            if (!size.matches("[0-9A-Fa-f]{1,8}") || Long.parseLong(size, 16) > 1 << 20) {
                return Optional.empty();
            }
            int length = Integer.parseInt(size, 16);
            int from = end + 2;
            if (left.length() < from + length + 2 || !left.startsWith("\r\n", from + length)) {
                return Optional.empty();
            }
            if (length == 0) {
                return Optional.of(body.toString().getBytes(ISO_8859_1));
            }
            body.append(left, from, from + length);
            left = left.substring(from + length + 2);
        }
    }
}
