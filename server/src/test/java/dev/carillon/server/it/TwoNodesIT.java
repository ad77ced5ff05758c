// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.it.Client.Answer;
import dev.carillon.server.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL database are as one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {
    @TempDir
    static Path folder;

    private Installation installation;
    private Customer customer;
    private List<CarillonProcess> nodes;

    @SuppressWarnings("NullAway.Init") // what start() sets
    TwoNodesIT() {}

    @BeforeAll
    void start() throws Exception {
        installation = Installation.fresh(Engine.POSTGRESQL, folder);
        customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        nodes = List.of(installation.serve(), installation.serve());
    }

    @AfterAll
    void stop() {
        nodes.forEach(CarillonProcess::close);
    }

    @Test
    void createsForOneNumberOpenOneWindow() throws Exception {
        List<Answer> equal = Race.run(nodes, customer, 50, i -> ding -> ding.create("+33612345701"));
        assertThat(Race.statuses(equal)).isEqualTo(Map.of("pending", 50L));
        assertThat(equal).extracting(Answer::text).containsOnly(equal.getFirst().text());

        List<Answer> different =
                Race.run(nodes, customer, 50, i -> ding -> ding.create("+33612345702", "correlation_id", "order-" + i));
        assertThat(Race.statuses(different)).isEqualTo(Map.of("pending", 1L, "rate_limited", 49L));
        assertThat(Race.ids(different)).hasSize(1);

        for (String phone : List.of("+33612345701", "+33612345702")) {
            await().untilAsserted(() -> assertThat(messages(phone)).hasSize(1));
        }
        for (CarillonProcess node : nodes) {
            try (Operator operator = new Operator(node)) {
                await().until(() -> operator.meter("carillon_outbox_sending") == 0);
            }
        }
        assertThat(messages("+33612345701")).hasSize(1);
        assertThat(messages("+33612345702")).hasSize(1);
    }

    @Test
    void checksShareOneBudgetAndACodeIsAcceptedOnce() throws Exception {
        try (Ding ding = new Ding(nodes.getFirst(), customer)) {
            String guessed = ding.create("+33612345703").field("authentication_uuid");
            String right = code("+33612345703");
            List<Answer> guesses =
                    Race.run(nodes, customer, 1000, i -> guess -> guess.check(guessed, Race.wrongCode(right, i)));
            assertThat(Race.statuses(guesses)).isEqualTo(Map.of("invalid", 5L, "rate_limited", 995L));

            String id = ding.create("+33612345704").field("authentication_uuid");
            String code = code("+33612345704");
            List<Answer> checks = Race.run(nodes, customer, 100, i -> check -> check.check(id, code));
            assertThat(Race.statuses(checks)).isEqualTo(Map.of("valid", 1L, "already_validated", 99L));
        }
    }

    /** A third node is killed in the middle of its work; what it had answered and not sent, the others send. */
    @Test
    void messagesOfANodeThatDiedAreTakenOver() throws Exception {
        AtomicInteger numbers = new AtomicInteger();
        Queue<Answer> answered = new ConcurrentLinkedQueue<>();
        try (CarillonProcess third = installation.serve("-Dcarillon.outbox.lease=2s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                threads.execute(() -> createUntilKilled(third, numbers, answered));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> answered.size() > 300);
            third.kill();
        }
        try (Ding ding = new Ding(nodes.getFirst(), customer)) {
            assertThat(answered).allMatch(created -> created.field("status").equals("pending"));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (Answer created : answered) {
                    if (!isSent(ding, created)) {
                        return false;
                    }
                }
                return true;
            });
            // It died with messages that nobody had been told of as sent; these are on the phones of the others now.
            List<JsonNode> takenOver = all("/simulator/messages").stream()
                    .filter(TwoNodesIT::isOfTheThird)
                    .toList();
            assertThat(takenOver).isNotEmpty();
            for (JsonNode message : takenOver) {
                Answer created = ding.create(message.path("to").asText(), "correlation_id", "again");
                assertThat(ding.check(
                                        created.field("authentication_uuid"),
                                        message.path("code").asText())
                                .field("status"))
                        .isEqualTo("valid");
            }
        }
    }

    /** Rows that wait in the default partition are moved by the node that makes their own: meanwhile, each is always found. */
    @Test
    void aNodeThatMovesRowsHidesNone() throws Exception {
        List<String> ids = new ArrayList<>();
        try (Ding ding = new Ding(nodes.getFirst(), customer)) {
            for (int i = 0; i < 20; i++) {
                ids.add(ding.create("+336123458%02d".formatted(i)).field("authentication_uuid"));
            }
        }
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                readers.add(threads.submit(() -> readAndCheckUntil(done, ids)));
            }
            try {
                for (int round = 0; round < 2; round++) {
                    moveAllToTheDefaultPartition();
                    try (CarillonProcess _ = installation.serve()) {
                        await().untilAsserted(() ->
                                assertThat(rowsInTheDefaultPartition()).isZero());
                    }
                }
            } finally {
                done.set(true); // the readers end in any case
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private long readAndCheckUntil(AtomicBoolean done, List<String> ids) throws IOException {
        long answers = 0;
        try (Ding ding = new Ding(nodes.getFirst(), customer)) {
            while (!done.get()) {
                String id = ids.get((int) (answers++ % ids.size()));
                Answer status = ding.status(id);
                assertThat(status.status()).as(status.text()).isEqualTo(200);
                Answer check = ding.check(id, "not a code");
                assertThat(check.status()).as(check.text()).isEqualTo(200);
            }
        } finally {
            done.set(true);
        }
        return answers;
    }

    /** As if nobody had made the partitions of these days in time. The nodes that run notice, and may make them again at once. */
    private void moveAllToTheDefaultPartition() throws SQLException {
        sql(statement -> {
            statement.execute("BEGIN");
            statement.execute("LOCK TABLE verification IN ACCESS EXCLUSIVE MODE");
            for (String partition : partitions(statement)) {
                statement.execute("ALTER TABLE verification DETACH PARTITION " + partition);
                statement.execute("INSERT INTO verification_default (key, body) SELECT key, body FROM " + partition);
                statement.execute("DROP TABLE " + partition);
            }
            return statement.execute("COMMIT");
        });
    }

    private static List<String> partitions(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("SELECT inhrelid::regclass FROM pg_inherits"
                + " WHERE inhparent = 'verification'::regclass AND inhrelid <> 'verification_default'::regclass")) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }

    private int rowsInTheDefaultPartition() throws SQLException {
        return sql(statement -> {
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM verification_default")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    private interface SqlWork<T> {
        T run(Statement statement) throws SQLException;
    }

    private <T> T sql(SqlWork<T> work) throws SQLException {
        try (Connection connection = PostgresServer.shared()
                        .connect(installation.databaseUrl().orElseThrow());
                Statement statement = connection.createStatement()) {
            return work.run(statement);
        }
    }

    private void createUntilKilled(CarillonProcess node, AtomicInteger numbers, Queue<Answer> answered) {
        try (Ding ding = new Ding(node, customer)) {
            while (true) {
                answered.add(ding.create("+3367%07d".formatted(numbers.incrementAndGet() * 7919L)));
            }
        } catch (IOException killed) {
            // As it was meant to be.
        }
    }

    private static boolean isOfTheThird(JsonNode message) {
        return message.path("to").asText().startsWith("+3367");
    }

    private static boolean isSent(Ding ding, Answer created) throws IOException {
        Answer status = ding.status(created.field("authentication_uuid"));
        assertThat(status.status()).as(status.text()).isEqualTo(200);
        JsonNode events = status.json().path("events");
        assertThat(events.get(0).path("status").asText()).isNotEqualTo("failed");
        return !events.findParents("attempt_id").isEmpty();
    }

    private String code(String phone) {
        return await().until(() -> messages(phone), messages -> !messages.isEmpty())
                .getFirst()
                .path("code")
                .asText();
    }

    /** What a phone has received from both nodes. */
    private List<JsonNode> messages(String phone) throws IOException {
        return all("/simulator/messages?to=%2B" + phone.substring(1));
    }

    private List<JsonNode> all(String path) throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        for (CarillonProcess node : nodes) {
            try (Operator operator = new Operator(node)) {
                operator.get(path).json().forEach(messages::add);
            }
        }
        return messages;
    }
}
