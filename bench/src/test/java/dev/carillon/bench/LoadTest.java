// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    /** What one run of the command did. */
    private record Outcome(int exit, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    @Test
    void aClosedLoopMeasuresEachOperationAndTheWhole() throws IOException {
        try (FakeServer server = new FakeServer(Duration.ofMillis(5), AT_ONCE, true, 0)) {
            Outcome run = load(server.url(), "--codes=fixed:123456", "--connections=4", "--json");
            JsonNode report = run.json();

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(report.at("/pairs_per_second").asDouble()).isGreaterThan(10);
            assertThat(report.at("/all/count").asLong())
                    .isEqualTo(report.at("/create/count").asLong()
                            + report.at("/check/count").asLong());
            assertThat(report.at("/create/p50_ms").asDouble()).isGreaterThanOrEqualTo(5);
            assertThat(report.at("/check/p999_ms").asDouble()).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void theInboxGivesTheCodesAndItsTimeIsNotCounted() throws IOException {
        try (FakeServer server = new FakeServer(AT_ONCE, Duration.ofMillis(200), false, 0)) {
            Outcome run = load(server.url(), "--codes=inbox", "--connections=4", "--json");
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.json().at("/all/p50_ms").asDouble()).isLessThan(100);
        }
    }

    @Test
    void withoutCodesItOnlyCreates() throws IOException {
        try (FakeServer server = new FakeServer(AT_ONCE, AT_ONCE, true, 0)) {
            Outcome run = load(server.url(), "--codes=none", "--connections=4", "--json");
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.json().at("/create/count").asLong()).isPositive();
            assertThat(run.json().at("/check/count").asLong()).isZero();
        }
    }

    @Test
    void theTableNamesEveryFigure() {
        try (FakeServer server = new FakeServer(AT_ONCE, AT_ONCE, true, 0)) {
            Outcome run = load(server.url(), "--codes=fixed:123456");
            assertThat(run.out()).contains("pairs/s", "operations/s", "p99.9", "create", "check", "all");
        }
    }

    @Test
    void anOpenLoopChargesTheServerForThoseWhoHadToWait() throws IOException {
        try (FakeServer server = new FakeServer(Duration.ofMillis(20), AT_ONCE, true, 0)) {
            // One connection manages 25 pairs/s at most. At 50 the last of them starts about half a second late,
            // while each single request still takes only 20 ms.
            Outcome run = load(
                    server.url(),
                    "--codes=fixed:123456",
                    "--connections=1",
                    "--mode=open",
                    "--rate=50",
                    "--timeout=30s",
                    "--json");
            JsonNode report = run.json();

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(report.at("/create/count").asLong()).isEqualTo(50);
            assertThat(report.at("/create/max_ms").asDouble()).isGreaterThan(900);
            assertThat(report.at("/create/p50_ms").asDouble()).isGreaterThan(400);
            assertThat(report.at("/check/p50_ms").asDouble()).isLessThan(200);
        }
    }

    @Test
    void anOpenLoopThatOnlyOverloadsSaysHowManyNeverStarted() throws IOException {
        try (FakeServer server = new FakeServer(Duration.ofMillis(50), AT_ONCE, true, 0)) {
            Outcome run = load(
                    server.url(),
                    "--codes=fixed:123456",
                    "--connections=1",
                    "--mode=open",
                    "--rate=200",
                    "--timeout=200ms");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("FAILED", "never started");
        }
    }

    @Test
    void wrongAnswersAreCountedByKindAndFailTheRun() throws IOException {
        try (FakeServer server = new FakeServer(AT_ONCE, AT_ONCE, true, 10)) {
            Outcome run = load(server.url(), "--codes=fixed:123456", "--connections=2", "--json");
            JsonNode errors = run.json().at("/errors");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(errors.at("/create: status rate_limited").asLong()).isPositive();
            assertThat(errors.at("/create: HTTP 400 invalid_phone_number").asLong())
                    .isPositive();
            assertThat(run.err()).contains("FAILED");

            Outcome wrongCode = load(server.url(), "--codes=fixed:000000", "--connections=1", "--json");
            assertThat(wrongCode.json().at("/errors/check: status invalid").asLong())
                    .isPositive();
        }
    }

    @Test
    void aSilentServerAndAnAbsentOneFailTheRun() throws IOException {
        String absent;
        try (ServerSocket silent = new ServerSocket(0)) {
            absent = "http://127.0.0.1:" + silent.getLocalPort();
            Outcome run = load(absent, "--codes=fixed:123456", "--connections=2", "--timeout=200ms");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("create: no answer in time", "nothing was completed");
        }
        Outcome run = load(absent, "--codes=fixed:123456", "--connections=2");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("create: Connection refused");
    }

    @Test
    void aWrongCommandLineIsRefusedByName() {
        assertThat(load("ftp://x").err()).contains("--url");
        assertThat(load("http://x", "--codes=guess").err()).contains("--codes");
        assertThat(load("http://x", "--duration=1h").err()).contains("--duration");
        assertThat(load("http://x", "--mode=open").err()).contains("--rate");
        assertThat(load("http://x", "--connections=0").exit()).isEqualTo(2);
    }

    private static Outcome load(String url, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--url=" + url, "--api-key=k", "--customer-uuid=c", "--duration=1s", "--warmup=0s", "--timeout=5s"));
        if (url.startsWith("http:")) {
            arguments.add("--admin-url=" + url);
        }
        for (String option : options) {
            String name = option.substring(0, option.indexOf('=') < 0 ? option.length() : option.indexOf('='));
            arguments.removeIf(argument -> argument.startsWith(name + "="));
            arguments.add(option);
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Load.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Outcome(exit, out.toString(), err.toString());
    }
}
