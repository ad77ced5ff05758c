// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A provider on a free port of this machine: keeps what it is asked, answers by script. Thread-safe. */
public final class ProviderFixture implements AutoCloseable {

    /**
     * A request as it came.
     *
     * @param query as it was sent; empty when there is none
     * @param headers by lower-case name
     */
    public record Recorded(String method, String path, String query, Map<String, List<String>> headers, String body) {

        /** The header's only value. */
        public String header(String name) {
            List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            if (values.size() != 1) {
                throw new AssertionError("the request has " + values.size() + " headers " + name);
            }
            return values.getFirst();
        }

        public JsonNode json() {
            return JsonTree.read(body);
        }

        /** The fields of the body as a form. */
        public Map<String, String> form() {
            return flat(body);
        }

        /** The fields of the query. */
        public Map<String, String> queryFields() {
            return flat(query);
        }

        private static Map<String, String> flat(String form) {
            Map<String, String> fields = new HashMap<>();
            FormData.decode(form).orElseThrow().forEach((name, values) -> fields.put(name, String.join(",", values)));
            return fields;
        }
    }

    /** What to do with a request. */
    public sealed interface Answer {}

    /** A whole answer. */
    public record Whole(int status, String contentType, String body) implements Answer {}

    /** An answer whose end is missing: the connection closes before it. */
    public record Truncated(int status, String contentType, String body) implements Answer {}

    /** The beginning of an answer, whose rest never comes. */
    public record Stalled(int status, String contentType, String body) implements Answer {}

    /** Closes the connection without an answer. */
    public record Drop() implements Answer {}

    /** Answers nothing until the fixture is closed. */
    public record Hang() implements Answer {}

    private final List<Recorded> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Function<Recorded, Answer> script = request -> new Whole(500, "text/plain", "no answer is set");

    public ProviderFixture() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    /** Where it listens, without a slash at the end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, all requests get this answer. */
    public ProviderFixture answer(Answer answer) {
        return answer(request -> answer);
    }

    /** From now on, requests get the answers of this function. */
    public ProviderFixture answer(Function<Recorded, Answer> answers) {
        script = answers;
        return this;
    }

    public ProviderFixture answerJson(int status, String body) {
        return answer(json(status, body));
    }

    public static Answer json(int status, String body) {
        return new Whole(status, "application/json", body);
    }

    /** All requests so far, in order. */
    public List<Recorded> requests() {
        return List.copyOf(requests);
    }

    /** The only request so far. */
    public Recorded request() {
        if (requests.size() != 1) {
            throw new AssertionError("there were " + requests.size() + " requests");
        }
        return requests.getFirst();
    }

    /** From now on connections are refused. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            URI uri = exchange.getRequestURI();
            Recorded request = new Recorded(
                    exchange.getRequestMethod(),
                    uri.getRawPath(),
                    uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            requests.add(request);
            switch (script.apply(request)) {
                case Whole whole -> send(exchange, whole.status(), whole.contentType(), whole.body(), 0);
                case Truncated cut -> send(exchange, cut.status(), cut.contentType(), cut.body(), 10);
                case Stalled begun -> {
                    send(exchange, begun.status(), begun.contentType(), begun.body(), 10);
                    closed.await();
                }
                case Drop _ -> {}
                case Hang _ -> closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, String body, int missing)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        int length = bytes.length + missing;
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }
}
