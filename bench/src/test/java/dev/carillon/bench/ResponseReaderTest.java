// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
    private static final String PLAIN =
            lines("HTTP/1.1 200 OK", "Content-Type: application/json", "content-length: 8", "", "{\"é\":1}");
    private static final String CHUNKED =
            lines("HTTP/1.1 400 Bad Request", "Transfer-Encoding: chunked", "", "3", "{\"a", "A;x=y", "\":\"", "")
                    + lines("", "12\"", "1", "}", "0", "Trailer: z", "", "");
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\nConnection: Close\r\n\r\n";

    @Test
    void readsEachFormOfBody() throws ProtocolException {
        assertThat(read(PLAIN, 1000)).containsExactly(new Response(200, true, "{\"é\":1}"));
        assertThat(read(CHUNKED, 1000)).containsExactly(new Response(400, true, "{\"a\":\"\r\n\r\n12\"}"));
        assertThat(read(EMPTY, 1000)).containsExactly(new Response(204, false, ""));
    }

    @Test
    void skipsInterimAnswers() throws ProtocolException {
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\n" + PLAIN, 1000)).hasSize(1);
    }

    @Test
    void doesNotCareHowTheNetworkSplitsOrMerges() throws ProtocolException {
        String stream = PLAIN + CHUNKED + EMPTY + CHUNKED + PLAIN;
        List<Response> whole = read(stream, 10_000);
        assertThat(whole).hasSize(5);
        for (int size = 1; size < 200; size++) {
            assertThat(read(stream, size)).as("pieces of %d bytes", size).isEqualTo(whole);
        }
    }

    @Test
    void takesAnswersLongerThanItsBuffer() throws ProtocolException {
        String body = "x".repeat(100_000);
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body, 1999))
                .containsExactly(new Response(200, true, body));
    }

    @Test
    void refusesWhatIsNoAnswer() {
        for (String bad : List.of(
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + "x".repeat(2_000_000))) {
            assertThatThrownBy(() -> read(bad, 5000)).isInstanceOf(ProtocolException.class);
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private static List<Response> read(String stream, int pieceSize) throws ProtocolException {
        byte[] bytes = stream.getBytes(UTF_8);
        ResponseReader reader = new ResponseReader();
        List<Response> responses = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += pieceSize) {
            reader.feed(ByteBuffer.wrap(bytes, at, Math.min(pieceSize, bytes.length - at)));
            for (Response next = reader.next(); next != null; next = reader.next()) {
                responses.add(next);
            }
        }
        return responses;
    }
}
