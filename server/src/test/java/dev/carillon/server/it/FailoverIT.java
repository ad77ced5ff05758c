// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.smpp.NpmSmsc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two connections, of which the first dies among five hundred messages. What the two providers got is held against what the status
 * endpoint tells: no message is lost, none goes out twice, and what nobody can know is called unknown.
 */
@Timeout(120)
class FailoverIT {
    private static final int MESSAGES = 500;
    private static final int THREADS = 16;
    /** So many the SMSC answers. */
    private static final int ANSWERED = 140;
    /** It is killed when it has seen this many, so that some are on their way. */
    private static final int BEFORE = 150;
    /** As many are created only when it is dead. */
    private static final int AFTER = 100;

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    @TempDir
    Path folder;

    private final AtomicInteger numbers = new AtomicInteger();

    /** One verification, and the texts that came for its number by each connection. */
    private record Flow(String phone, String id, Status status, List<String> first, List<String> second) {
        String result() {
            return status.heardOf(1).getLast();
        }

        String code() {
            List<String> last = second.isEmpty() ? first : second;
            Matcher code = CODE.matcher(last.getLast());
            assertThat(code.find()).isTrue();
            return code.group();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anSmscThatDiesAmongFiveHundredMessagesLosesNoneAndDoublesNone(Engine engine) throws Exception {
        Installation installation = Installation.fresh(engine, folder);
        Customer customer =
                installation.customer("--limit", "account=off", "--limit", "block=off", "--retry-after", "0s");
        try (NpmSmsc smsc = NpmSmsc.start();
                ProviderFixture second = new ProviderFixture();
                CarillonProcess server = installation.serve(settings(smsc, second), Map.of())) {
            second.answerJson(202, "{\"id\":\"m-1\"}");
            smsc.tell("submits", "only", ANSWERED);
            await().atMost(Duration.ofSeconds(20)).until(() -> server.log().contains("first-TRX-1 is bound"));

            Map<String, String> created = createAndKill(server, customer, smsc);
            assertThat(created).hasSize(MESSAGES);
            List<Flow> flows = settled(server, customer, created, smsc, second);
            everyMessageIsWhereItIsSaidToBe(flows);
            List<Flow> unknown = flows.stream()
                    .filter(flow -> flow.result().equals("unknown"))
                    .toList();
            assertThat(unknown).as("what was on its way when the SMSC died").isNotEmpty();
            aUserMayAskForAnother(server, customer, unknown, second);
            everyCodeIsGood(server, customer, collect(server, customer, created, smsc, second));
            assertThat(server.log()).doesNotContain("\"ERROR\"");
        }
    }

    private Path settings(NpmSmsc smsc, ProviderFixture second) throws IOException {
        return Files.writeString(folder.resolve("carillon.yaml"), """
                connections:
                  first:
                    kind: smpp
                    sender: First
                    options: {host: 127.0.0.1, port: %d, system_id: carillon, password: secret, window: 20}
                  second:
                    kind: http
                    sender: Second
                    options:
                      url: %s/send
                      body: '{"to":"{{digits}}","from":"{{sender}}","text":"{{text}}"}'
                """.formatted(smsc.port(), second.url()));
    }

    /** The verifications by their numbers. */
    private Map<String, String> createAndKill(CarillonProcess server, Customer customer, NpmSmsc smsc)
            throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger(MESSAGES);
        Queue<Map.Entry<String, String>> created = new ConcurrentLinkedQueue<>();
        Callable<Integer> user = () -> {
            try (Ding ding = new Ding(server, customer)) {
                for (int turn = left.decrementAndGet(); turn >= 0; turn = left.decrementAndGet()) {
                    if (turn < AFTER) {
                        dead.await();
                    }
                    String phone = "+3367%07d".formatted(numbers.incrementAndGet() * 7919L);
                    Client.Answer answer = ding.create(phone);
                    assertThat(answer.field("status")).as(answer.text()).isEqualTo("pending");
                    created.add(Map.entry(phone, answer.field("authentication_uuid")));
                }
                return 0;
            }
        };
        Callable<Integer> killer = () -> {
            try {
                smsc.awaitPdus("submit_sm", BEFORE);
                smsc.kill();
                return 0;
            } finally {
                dead.countDown();
            }
        };
        List<Callable<Integer>> tasks = new ArrayList<>(List.of(killer));
        IntStream.range(0, THREADS).forEach(_ -> tasks.add(user));
        Parallel.all(tasks);
        return created.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Once it is known of each message what became of handing it over. */
    private static List<Flow> settled(
            CarillonProcess server,
            Customer customer,
            Map<String, String> created,
            NpmSmsc smsc,
            ProviderFixture second) {
        return await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(20))
                .until(() -> collect(server, customer, created, smsc, second), flows -> flows.stream()
                        .noneMatch(flow -> flow.status().heardOf(1).isEmpty()));
    }

    private static List<Flow> collect(
            CarillonProcess server,
            Customer customer,
            Map<String, String> created,
            NpmSmsc smsc,
            ProviderFixture second)
            throws IOException {
        Map<String, List<String>> byFirst = textsByNumber(smsc.pdus("submit_sm"), "destination_addr", "short_message");
        List<Flow> flows = new ArrayList<>();
        try (Ding ding = new Ding(server, customer)) {
            Map<String, Status> told = new HashMap<>();
            for (String id : created.values()) {
                told.put(id, Status.of(ding.status(id)));
            }
            // Looked at last: what the status tells of has happened by then.
            Map<String, List<String>> bySecond = textsByNumber(
                    second.requests().stream()
                            .map(ProviderFixture.Recorded::json)
                            .toList(),
                    "to",
                    "text");
            created.forEach((phone, id) -> flows.add(new Flow(
                    phone,
                    id,
                    Objects.requireNonNull(told.get(id)),
                    byFirst.getOrDefault(phone.substring(1), List.of()),
                    bySecond.getOrDefault(phone.substring(1), List.of()))));
        }
        return flows;
    }

    private static Map<String, List<String>> textsByNumber(Collection<JsonNode> messages, String to, String text) {
        return messages.stream()
                .collect(Collectors.groupingBy(
                        message -> message.path(to).asText(),
                        Collectors.mapping(message -> message.path(text).asText(), Collectors.toList())));
    }

    private static void everyMessageIsWhereItIsSaidToBe(List<Flow> flows) {
        assertThat(flows).allSatisfy(flow -> {
            assertThat(flow.status().attempts()).hasSize(1);
            String sender =
                    flow.status().attempts().getFirst().path("sender_id").asText();
            assertThat(flow.status().heardOf(1)).hasSize(1);
            switch (flow.result()) {
                case "submitted" -> {
                    assertThat(flow.first()).hasSize(sender.equals("First") ? 1 : 0);
                    assertThat(flow.second()).hasSize(sender.equals("Second") ? 1 : 0);
                }
                case "unknown" -> {
                    // Read by the SMSC or not: it died before it could say so.
                    assertThat(sender).isEqualTo("First");
                    assertThat(flow.first()).hasSizeLessThanOrEqualTo(1);
                    assertThat(flow.second()).isEmpty();
                }
                default -> throw new AssertionError("the second connection was up all the time");
            }
        });
        assertThat(flows.stream().filter(flow -> flow.result().equals("submitted")))
                .extracting(flow ->
                        flow.status().attempts().getFirst().path("sender_id").asText())
                .contains("First", "Second");
    }

    private static void aUserMayAskForAnother(
            CarillonProcess server, Customer customer, List<Flow> unknown, ProviderFixture second) throws IOException {
        int before = second.requests().size();
        try (Ding ding = new Ding(server, customer)) {
            for (Flow flow : unknown) {
                assertThat(ding.retry(flow.id()).field("status")).isEqualTo("approved");
            }
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> second.requests().size() >= before + unknown.size());
        assertThat(second.requests()).hasSize(before + unknown.size());
    }

    private static void everyCodeIsGood(CarillonProcess server, Customer customer, List<Flow> flows)
            throws IOException {
        try (Ding ding = new Ding(server, customer)) {
            for (Flow flow : flows) {
                assertThat(ding.check(flow.id(), flow.code()).field("status"))
                        .as(flow.toString())
                        .isEqualTo("valid");
            }
        }
    }
}
