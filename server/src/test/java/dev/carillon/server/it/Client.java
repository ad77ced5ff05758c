// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is kept alive: a request is one write, so that a thousand clients are cheap and it is certain what an
 * exception means, namely that the whole answer did not arrive. Connects at need, also again after a failure. For one thread at
 * a time.
 */
final class Client implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_MILLIS = 40_000;

    private final URI address;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Client(URI address) {
        this.address = address;
    }

    /** An answer; the names of its headers are in lower case. */
    record Answer(int status, Map<String, String> headers, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError(text, e);
            }
        }

        /** A field of a JSON body; empty when there is none. */
        String field(String name) {
            return json().path(name).asText();
        }
    }

    /** Connects now, so that the first request does not have to. */
    void connect() throws IOException {
        if (socket == null) {
            Socket opened = new Socket(address.getHost(), address.getPort());
            opened.setTcpNoDelay(true);
            opened.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(opened.getInputStream(), 4096);
            socket = opened;
        }
    }

    Answer get(String path, Map<String, String> headers) throws IOException {
        return exchange("GET", path, headers, "");
    }

    Answer post(String path, Map<String, String> headers, String json) throws IOException {
        return exchange("POST", path, headers, json);
    }

    private Answer exchange(String method, String path, Map<String, String> headers, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + address.getAuthority());
        headers.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        if (method.equals("POST")) {
            head.append("\r\nContent-Type: application/json\r\nContent-Length: ")
                    .append(content.length);
        }
        byte[] start = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + content.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        try {
            connect();
            Objects.requireNonNull(socket).getOutputStream().write(request);
            return answer(Objects.requireNonNull(in));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Answer answer(InputStream from) throws IOException {
        int status = Integer.parseInt(line(from).split(" ", -1)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(from); !line.isEmpty(); line = line(from)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = from.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body was cut");
        }
        if ("close".equalsIgnoreCase(headers.get("connection"))) {
            close();
        }
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more either way.
            }
        }
    }
}
