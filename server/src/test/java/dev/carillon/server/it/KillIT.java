// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program under load is killed at a moment of chance, started again on the same data, and held against what it had answered:
 * nothing that was answered is missing, no code is accepted twice, no budget grows, no window opens twice, and every message gets
 * out. For longer runs by hand: {@code -Dcarillon.kill.cycles=200}, and {@code -Dcarillon.kill.seed=…} to repeat one.
 */
class KillIT {
    private static final int CYCLES = Integer.getInteger("carillon.kill.cycles", 10);
    private static final long SEED = Long.getLong("carillon.kill.seed", System.nanoTime());
    private static final int THREADS = 16;
    private static final int MAX_CHECKS = 5;

    /** Short, so that what a killed process left is taken over within a cycle or two. */
    private static final String LEASE = "-Dcarillon.outbox.lease=3s";

    private static final AtomicInteger NEXT_NUMBER = new AtomicInteger();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void nothingThatWasAnsweredIsLost(Engine engine) throws Exception {
        System.out.println("carillon.kill.seed=" + SEED + " on " + engine);
        Random random = new Random(SEED);
        Installation installation = Installation.fresh(engine, folder);
        Customer customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        installation.run("price", "set", customer.uuid(), "verification", "0.009 EUR");
        installation.run("price", "set", customer.uuid(), "message", "0.03 EUR");
        List<Flow> all = new ArrayList<>();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            List<Flow> flows;
            try (CarillonProcess server = installation.serve(LEASE)) {
                compare(server, customer, newest(all));
                flows = loadAndKill(server, customer, random);
            }
            if (cycle % 5 == 0) {
                // No server runs now: what one left in the middle of things must add up too.
                installation.run("balance", "verify");
            }
            assertThat(flows).as("something was answered in cycle " + cycle).isNotEmpty();
            all.addAll(flows);
        }
        try (CarillonProcess server = installation.serve(LEASE)) {
            compare(server, customer, newest(all));
            // What an earlier cycle compared, the later kills must not have changed.
            everyWindowIsOneAndBounded(server, customer, all);
            everyMessageGotOut(server, customer, all);
            theBooksAreRight(installation, customer);
        }
        System.out.println(engine + ": " + all.size() + " windows, " + CYCLES + " kills");
    }

    /** The sum of the entries is the balance; in the end nothing is on its way, so that nothing is reserved. */
    private static void theBooksAreRight(Installation installation, Customer customer) throws Exception {
        assertThat(installation.run("balance", "verify").path("accounts").asInt())
                .isEqualTo(1);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(installation
                        .run("balance", "show", customer.uuid())
                        .path("reserved")
                        .asText())
                .isEqualTo("0"));
    }

    /** The flows of the last cycle. */
    private static List<Flow> newest(List<Flow> all) {
        return all.stream().filter(flow -> !flow.compared).toList();
    }

    // --- load

    /** What one user did and was answered. Written by one thread, read when that has ended. */
    private static final class Flow {
        final String phone = newNumber();
        Optional<Answer> created = Optional.empty();
        /** What checks were answered, in their order. */
        final List<String> answers = new ArrayList<>();

        String code = "";
        /** A check that had no answer when the process died. */
        Optional<String> inFlight = Optional.empty();

        boolean compared;

        String id() {
            return created.orElseThrow().field("authentication_uuid");
        }

        long answered(String status) {
            return answers.stream().filter(status::equals).count();
        }

        boolean isInFlight(boolean right) {
            return inFlight.filter(tried -> tried.equals(code) == right).isPresent();
        }

        @Override
        public String toString() {
            return phone + " " + created.map(Answer::text).orElse("") + " answers " + answers + ", in flight "
                    + (inFlight.isEmpty() ? "nothing" : isInFlight(true) ? "the right code" : "a wrong code");
        }
    }

    /** Each French mobile once, spread over all blocks. */
    private static String newNumber() {
        long next = NEXT_NUMBER.incrementAndGet();
        return "+336" + "01245678".charAt((int) (next % 8)) + "%07d".formatted(next * 7_368_787 % 10_000_000);
    }

    private static List<Flow> loadAndKill(CarillonProcess server, Customer customer, Random random) throws Exception {
        Collection<Flow> flows = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = random.nextLong();
                users.add(threads.submit(() -> {
                    load(server, customer, new Random(seed), flows);
                    return null;
                }));
            }
            TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(1400));
            server.kill();
            for (Future<?> user : users) {
                user.get();
            }
        }
        return List.copyOf(flows);
    }

    /** One user after the other, until the connection breaks. */
    private static void load(CarillonProcess server, Customer customer, Random random, Collection<Flow> flows) {
        try (Ding ding = new Ding(server, customer);
                Operator operator = new Operator(server)) {
            while (true) {
                Flow flow = new Flow();
                flows.add(flow);
                run(flow, ding, operator, random);
            }
        } catch (IOException killed) {
            // As it was meant to be.
        }
    }

    private static void run(Flow flow, Ding ding, Operator operator, Random random) throws IOException {
        Answer created = ding.create(flow.phone);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(created.field("status")).isEqualTo("pending");
        flow.created = Optional.of(created);
        if (random.nextInt(4) == 0) {
            return; // the user gave up
        }
        while (flow.code.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            List<JsonNode> messages = operator.messages(flow.phone);
            flow.code =
                    messages.isEmpty() ? "" : messages.getFirst().path("code").asText();
        }
        int wrong = random.nextInt(MAX_CHECKS + 2);
        for (int i = 0; i < wrong; i++) {
            check(flow, ding, wrong(flow.code, i));
        }
        check(flow, ding, flow.code);
        if (random.nextBoolean()) {
            check(flow, ding, flow.code);
        }
    }

    private static void check(Flow flow, Ding ding, String code) throws IOException {
        flow.inFlight = Optional.of(code);
        Answer answer = ding.check(flow.id(), code);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        flow.answers.add(answer.field("status"));
        flow.inFlight = Optional.empty();
    }

    private static String wrong(String code, int i) {
        return "%06d".formatted((Integer.parseInt(code) + 1 + i) % 1_000_000);
    }

    // --- comparison

    private static void compare(CarillonProcess server, Customer customer, List<Flow> flows) throws Exception {
        each(server, customer, flows, KillIT::compare);
    }

    private interface Comparison {
        void apply(Flow flow, Ding ding) throws IOException;
    }

    private static void each(CarillonProcess server, Customer customer, List<Flow> flows, Comparison comparison)
            throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            tasks.add(() -> {
                try (Ding ding = new Ding(server, customer)) {
                    for (int j = first; j < flows.size(); j += THREADS) {
                        comparison.apply(flows.get(j), ding);
                    }
                }
                return true;
            });
        }
        Parallel.all(tasks);
    }

    private static void compare(Flow flow, Ding ding) throws IOException {
        flow.compared = true;
        if (flow.created.isEmpty()) {
            // It was never answered: it happened or it did not, and now there is one window.
            String id = ding.create(flow.phone).field("authentication_uuid");
            Answer again = ding.create(flow.phone, "correlation_id", "again");
            assertThat(again.field("authentication_uuid")).as(flow::toString).isEqualTo(id);
            flow.created = Optional.of(again);
            return;
        }
        everyAnswerIsInTheStory(flow, ding);
        if (flow.answered("valid") == 1) {
            // Once more, and no second one is ever valid.
            String again = ding.check(flow.id(), flow.code).field("status");
            assertThat(again).as(flow::toString).isEqualTo("already_validated");
            return;
        }
        if (!flow.isInFlight(true)) {
            // It is not validated, so its window is open, and the number has no other.
            assertThat(ding.create(flow.phone, "correlation_id", "again").field("authentication_uuid"))
                    .as(flow::toString)
                    .isEqualTo(flow.id());
        }
        if (!flow.code.isEmpty()) {
            spendTheRest(flow, ding);
        }
    }

    private static void everyAnswerIsInTheStory(Flow flow, Ding ding) throws IOException {
        Answer status = ding.status(flow.id());
        assertThat(status.status()).as(flow + ": " + status.text()).isEqualTo(200);
        assertThat(status.field("phone_number")).isEqualTo(flow.phone);
        assertThat(status.field("created_at"))
                .as(flow::toString)
                .isEqualTo(flow.created.orElseThrow().field("created_at"));
        Map<String, Integer> checks = checks(status);
        int invalid = checks.getOrDefault("invalid", 0);
        assertThat((long) invalid)
                .as(flow + ": " + status.text())
                .isBetween(flow.answered("invalid"), flow.answered("invalid") + (flow.isInFlight(false) ? 1 : 0));
        long valid = flow.answered("valid");
        assertThat((long) checks.getOrDefault("valid", 0))
                .as(flow + ": " + status.text())
                .isBetween(valid, flow.isInFlight(true) ? 1 : valid);
        for (String once : List.of("rate_limited", "already_validated")) {
            // The first refusal of its kind is told, those after it are not.
            if (flow.answered(once) > 0) {
                assertThat(checks).as(flow + ": " + status.text()).containsEntry(once, 1);
            }
        }
    }

    /** Goes on where the process died: what is left of the budget is left, and not one more. */
    private static void spendTheRest(Flow flow, Ding ding) throws IOException {
        int before = checks(ding.status(flow.id())).getOrDefault("invalid", 0);
        boolean validated = checks(ding.status(flow.id())).containsKey("valid");
        if (before < MAX_CHECKS && flow.isInFlight(true)) {
            // The right code was on its way: either it arrived or it does now.
            assertThat(ding.check(flow.id(), flow.code).field("status"))
                    .as(flow::toString)
                    .isEqualTo(validated ? "already_validated" : "valid");
            return;
        }
        List<String> rest = new ArrayList<>();
        for (int i = before; i <= MAX_CHECKS; i++) {
            rest.add(ding.check(flow.id(), wrong(flow.code, 100 + i)).field("status"));
        }
        List<String> expected = new ArrayList<>();
        for (int i = before; i < MAX_CHECKS; i++) {
            expected.add("invalid");
        }
        expected.add("rate_limited");
        assertThat(rest).as(flow::toString).isEqualTo(expected);
        assertThat(ding.check(flow.id(), flow.code).field("status"))
                .as(flow::toString)
                .isEqualTo("rate_limited");
    }

    private static void everyWindowIsOneAndBounded(CarillonProcess server, Customer customer, List<Flow> flows)
            throws Exception {
        each(server, customer, flows, (flow, ding) -> {
            Answer status = ding.status(flow.id());
            Map<String, Integer> checks = checks(status);
            assertThat(checks.getOrDefault("invalid", 0))
                    .as(flow + ": " + status.text())
                    .isLessThanOrEqualTo(MAX_CHECKS);
            assertThat(checks.getOrDefault("valid", 0))
                    .as(flow + ": " + status.text())
                    .isLessThanOrEqualTo(1);
            if (flow.answered("valid") == 1) {
                assertThat(ding.check(flow.id(), flow.code).field("status"))
                        .as(flow::toString)
                        .isEqualTo("already_validated");
            }
        });
    }

    /**
     * Those that the processes did not get to send before they died are sent by one that came after: each attempt was handed to
     * the carrier, which takes all of these numbers.
     */
    private static void everyMessageGotOut(CarillonProcess server, Customer customer, List<Flow> flows)
            throws Exception {
        try (Operator operator = new Operator(server)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> operator.meter("carillon_outbox_oldest_age_seconds") == 0
                            && operator.meter("carillon_outbox_sending") == 0);
        }
        // The last lease may still run. What fails on another thread comes wrapped, which Awaitility would take for an
        // error.
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .untilAsserted(() -> each(server, customer, flows, (flow, ding) -> {
                    Answer status = ding.status(flow.id());
                    JsonNode events = status.json().path("events");
                    List<String> sent = events.findParents("attempt_id").stream()
                            .map(event -> event.path("attempt_id").asText())
                            .distinct()
                            .toList();
                    List<JsonNode> attempts = events.findParents("content");
                    assertThat(attempts).as(flow::toString).isNotEmpty();
                    for (JsonNode attempt : attempts) {
                        assertThat(sent)
                                .as(flow + ": " + events)
                                .contains(attempt.path("id").asText());
                        // When a valid check has closed the window, what was not told of as sent is not sent again.
                        if (!checks(status).containsKey("valid")) {
                            assertThat(attempt.path("status").asText())
                                    .as(flow + ": " + events)
                                    .isNotEqualTo("failed");
                        }
                    }
                }));
    }

    private static Map<String, Integer> checks(Answer status) {
        Map<String, Integer> checks = new HashMap<>();
        status.json()
                .path("events")
                .findParents("code")
                .forEach(event -> checks.merge(event.path("status").asText(), 1, Integer::sum));
        return checks;
    }
}
