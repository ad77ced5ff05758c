// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of Carillon as the load generator sees: creates, checks and the simulator's inbox, at a chosen speed. */
final class FakeServer implements AutoCloseable {
    private static final String FIXED_CODE = "123456";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> messages = new ArrayList<>();
    private final Map<String, String> codeByVerification = new ConcurrentHashMap<>();
    private final AtomicInteger creates = new AtomicInteger();
    private final AtomicInteger inboxReads = new AtomicInteger();

    /** Each {@code wrongEvery} creates one is answered {@code rate_limited} and the next with an error; 0 is never. */
    FakeServer(Duration serviceTime, Duration inboxTime, boolean fixedCode, int wrongEvery) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/v1/authentication", exchange -> {
            String number = JsonText.member(body(exchange), "phone_number");
            int count = creates.incrementAndGet();
            if (wrongEvery > 0 && count % wrongEvery == 0) {
                answer(exchange, serviceTime, 200, "{\"authentication_uuid\":\"x\",\"status\":\"rate_limited\"}");
            } else if (wrongEvery > 0 && count % wrongEvery == 1) {
                answer(
                        exchange,
                        serviceTime,
                        400,
                        "{\"code\":\"invalid_phone_number\",\"message\":\"no\",\"doc_url\":\"\"}");
            } else {
                String uuid = UUID.randomUUID().toString();
                String code = fixedCode ? FIXED_CODE : String.format("%06d", count);
                sent(String.valueOf(number), code);
                codeByVerification.put(uuid, code);
                answer(exchange, serviceTime, 200, "{\"authentication_uuid\":\"" + uuid + "\",\"status\":\"pending\"}");
            }
        });
        server.createContext("/v1/check", exchange -> {
            String request = body(exchange);
            String expected = codeByVerification.get(String.valueOf(JsonText.member(request, "authentication_uuid")));
            boolean valid = String.valueOf(expected).equals(JsonText.member(request, "check_code"));
            answer(exchange, serviceTime, 200, "{\"status\":\"" + (valid ? "valid" : "invalid") + "\"}");
        });
        server.createContext("/simulator/messages", exchange -> {
            long after = Long.parseLong(exchange.getRequestURI().getQuery().replaceAll(".*after=", ""));
            boolean early = inboxReads.incrementAndGet() % 3 == 1; // the message is still on its way
            answer(exchange, inboxTime, 200, early ? "[]" : messagesAfter(after));
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void sent(String number, String code) {
        messages.add("{\"id\":" + (messages.size() + 1) + ",\"to\":\"" + number + "\",\"code\":\"" + code + "\"}");
    }

    private synchronized String messagesAfter(long id) {
        return messages.subList((int) id, messages.size()).toString();
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    }

    private void answer(HttpExchange exchange, Duration after, int status, String json) throws IOException {
        try {
            Thread.sleep(after);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = json.getBytes(UTF_8);
        boolean chunked = creates.get() % 2 == 0;
        exchange.sendResponseHeaders(status, chunked ? 0 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }
}
