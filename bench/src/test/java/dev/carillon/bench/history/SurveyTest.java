// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that tells one story, held against what was told before. */
class SurveyTest {
    private static final Account ACCOUNT = new Account("customer", "key");

    @TempDir
    Path folder;

    private HttpServer server;
    private volatile int http = 200;
    private volatile String story = "";

    @SuppressWarnings("NullAway.Init") // what start() sets
    SurveyTest() {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            byte[] body = story.getBytes(UTF_8);
            exchange.sendResponseHeaders(http, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private List<String> rules(Told before, Told now) throws IOException, InterruptedException {
        return rules(before, now.exchanges().getLast().body(), Duration.ofSeconds(20), false);
    }

    private List<String> rules(Told before, String now, Duration patience, boolean timeMoved)
            throws IOException, InterruptedException {
        story = now;
        Survey survey = new Survey();
        survey.remember(before.exchanges());
        URI api = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (History history = History.write(folder.resolve("survey"))) {
            return survey.run(history, ACCOUNT, () -> List.of(new Node("node", api)), patience, timeMoved).stream()
                    .map(Violation::rule)
                    .toList();
        }
    }

    private static Told told(String... checks) {
        return new Told().created("a", 0).checked("a", "000001", "invalid").story("a", 0, checks);
    }

    @Test
    void aStoryThatStaysIsFine() throws Exception {
        assertThat(rules(told("invalid"), told("invalid"))).isEmpty();
    }

    @Test
    void aStoryThatChangesIsFound() throws Exception {
        assertThat(rules(told("invalid"), told())).containsExactly("a story has changed");
        assertThat(rules(told("invalid"), told("valid"))).containsExactly("a story has changed");
        assertThat(rules(told("invalid"), told("invalid", "invalid"))).containsExactly("a story has changed");
        assertThat(rules(told("invalid"), new Told().story("a", 1, "invalid"))).containsExactly("a story has changed");
    }

    @Test
    void whatWasNotAnsweredMayComeLate() throws Exception {
        Told before = new Told().created("a", 0).check("a", "000001", 0).story("a", 0);
        assertThat(rules(before, told("invalid"))).isEmpty();
    }

    @Test
    void aMessageThatFailedIsFoundUnlessItsWindowMayHaveEnded() throws Exception {
        String failed = told().exchanges().getLast().body().replace("pending", "failed");
        assertThat(rules(told(), failed, Duration.ZERO, false)).containsExactly("a message did not get out");
        assertThat(rules(told(), failed, Duration.ofSeconds(20), true)).isEmpty();
    }

    @Test
    void aVerificationThatIsGoneIsFound() throws Exception {
        http = 400;
        assertThat(rules(told("invalid"), told("invalid"))).containsExactly("a verification is lost");
    }
}
