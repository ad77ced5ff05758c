// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.it.Client.Answer;
import dev.carillon.server.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program does for a customer and an operator, step by step, on each store; one server serves all tests. Operators'
 * commands run beside the server and not in its process; its next answer must know of them. Longer than other classes: it is one
 * story, whose steps share the server. Each store has a class of its own, so that the two can run at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class StoryContract {
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z");
    private static final Set<String> CREATED = Set.of("authentication_uuid", "status", "created_at", "expires_at");
    private static final Set<String> REFUSED = Set.of("authentication_uuid", "status", "created_at");
    private static final Set<String> RETRIED =
            Set.of("authentication_uuid", "status", "created_at", "next_retry_at", "remaining_retry");
    private static final Set<String> ATTEMPT =
            Set.of("type", "created_at", "id", "content", "sender_id", "capability", "attempt_number", "status");
    private static final Set<String> CHECK = Set.of("type", "created_at", "id", "code", "status");
    private static final Set<String> DELIVERY =
            Set.of("type", "created_at", "status", "attempt_id", "attempt_number", "originated_at");

    @TempDir
    static Path folder;

    private final Engine engine;
    /** What must never be in the log. */
    private final Set<String> secrets = new TreeSet<>();

    private final List<Ding> applications = new ArrayList<>();

    private Installation installation;
    private CarillonProcess server;
    private Operator operator;
    /** Retries: one at once, and one in an hour. */
    private Customer standard;

    private Ding ding;

    @SuppressWarnings("NullAway.Init") // what start() sets
    StoryContract(Engine engine) {
        this.engine = engine;
    }

    @BeforeAll
    void start() throws Exception {
        installation = Installation.fresh(engine, folder);
        standard = installation.customer("--retry-after", "0s,1h");
        server = installation.serve();
        operator = new Operator(server);
        ding = application(standard);
    }

    @AfterEach
    void disconnect() {
        // The one of all tests stays.
        applications.stream().filter(application -> application != ding).forEach(Ding::close);
    }

    @AfterAll
    void stop() {
        ding.close();
        operator.close();
        server.close();
    }

    // --- the customer

    @Test
    @Order(1)
    void aNumberIsVerifiedAndTheStatusTellsHow() throws Exception {
        String phone = phone("+33612345001");
        Answer created = ding.create(
                phone,
                "correlation_id",
                "order-7",
                "ip",
                "192.0.2.7",
                "device_id",
                "device-1",
                "device_type",
                "ANDROID",
                "app_version",
                "1.2.3");
        assertAnswer(created, "pending", CREATED);
        assertThat(Duration.between(time(created, "created_at"), time(created, "expires_at")))
                .isEqualTo(Duration.ofMinutes(10));
        String id = created.field("authentication_uuid");
        String first = code(phone, 1);
        awaitDelivered(id, 1);

        assertAnswer(ding.check(id, otherThan(first)), "invalid", Set.of("authentication_uuid", "status"));
        Answer approved = ding.retry(id);
        assertAnswer(approved, "approved", RETRIED);
        assertThat(approved.json().path("remaining_retry").asInt()).isEqualTo(1);
        String second = code(phone, 2);
        awaitDelivered(id, 2);
        Answer denied = ding.retry(id);
        assertAnswer(denied, "denied", RETRIED);
        assertThat(denied.json().path("remaining_retry").asInt()).isEqualTo(1);

        assertThat(ding.check(id, first).field("status")).isEqualTo("valid");
        assertThat(ding.check(id, first).field("status")).isEqualTo("already_validated");
        assertThat(ding.check(id, second.equals(first) ? otherThan(first) : second)
                        .field("status"))
                .isEqualTo("invalid");
        assertAnswer(ding.retry(id), "already_validated", RETRIED);

        assertStory(ding.status(id), id, phone, created.field("created_at"));
    }

    private static void assertStory(Answer status, String id, String phone, String createdAt) {
        assertThat(status.status()).isEqualTo(200);
        JsonNode story = status.json();
        assertThat(names(story))
                .containsExactlyInAnyOrder("uuid", "phone_number", "correlation_id", "created_at", "signals", "events");
        assertThat(story.path("uuid").asText()).isEqualTo(id);
        assertThat(story.path("phone_number").asText()).isEqualTo(phone);
        assertThat(story.path("created_at").asText()).isEqualTo(createdAt);
        assertThat(story.path("signals").toString())
                .isEqualTo("{\"ip\":\"192.0.2.7\",\"device_id\":\"device-1\",\"device_type\":\"ANDROID\","
                        + "\"app_version\":\"1.2.3\"}");
        List<JsonNode> events = list(story.path("events"));
        assertThat(events)
                .extracting(event ->
                        event.path("type").asText() + " " + event.path("status").asText())
                .containsExactly(
                        "attempt delivered",
                        "delivery_status submitted",
                        "delivery_status delivered",
                        "check invalid",
                        "attempt delivered",
                        "delivery_status submitted",
                        "delivery_status delivered",
                        "check valid",
                        "check already_validated",
                        "check invalid");
        assertThat(events).isSortedAccordingTo((a, b) -> a.path("created_at")
                .asText()
                .compareTo(b.path("created_at").asText()));
        for (JsonNode event : events) {
            Set<String> fields =
                    switch (event.path("type").asText()) {
                        case "attempt" -> ATTEMPT;
                        case "check" -> CHECK;
                        default -> DELIVERY;
                    };
            assertThat(names(event)).as(event.toString()).isEqualTo(fields);
            assertThat(event.path("created_at").asText()).matches(TIME);
        }
        JsonNode attempt = events.getFirst();
        assertThat(attempt.path("content").asText()).contains("******").doesNotContainPattern("[0-9]{4}");
        assertThat(attempt.path("capability").asText()).isEqualTo("text");
        assertThat(attempt.path("attempt_number").asInt()).isEqualTo(1);
        assertThat(events.get(1).path("attempt_id")).isEqualTo(attempt.path("id"));
        assertThat(events.get(3).path("code").asText()).isEqualTo("******");
        assertThat(events.get(5).path("attempt_number").asInt()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void feedbackIsOfTheLatestAndNotGivenTwice() throws Exception {
        String phone = phone("+33612346002");
        assertError(ding.feedback(phone, "onboarded"), "no_associated_auth_found");
        assertThat(ding.create(phone).status()).isEqualTo(200);
        Answer given = ding.feedback(phone, "onboarded");
        assertThat(given.status()).isEqualTo(200);
        assertThat(names(given.json())).containsExactly("uuid");
        assertError(ding.feedback(phone, "onboarded"), "duplicated_feedback_status");
        assertThat(ding.feedback(phone, "not_onboarded").status()).isEqualTo(200);
        assertError(ding.feedback(phone, "perhaps"), "invalid_feedback_status");
    }

    @Test
    @Order(3)
    void aLookupTellsWhatTheRangeTells() throws Exception {
        JsonNode found = ding.lookup("+33612345003").json();
        assertThat(found.path("phone_number").asText()).isEqualTo("+33612345003");
        assertThat(found.path("country_code").asText()).isEqualTo("FR");
        assertThat(found.path("line_type").asText()).isEqualTo("Mobile");
        assertThat(ding.lookup("+33140205050").json().path("line_type").asText())
                .isEqualTo("FixedLine");
        assertError(ding.lookup("+331"), "invalid_phone_number");
    }

    @Test
    @Order(4)
    void aRepeatedCreateAnswersTheSameAndSendsNothing() throws Exception {
        String phone = phone("+33612347004");
        Answer created = ding.create(phone);
        assertThat(ding.create(phone).text()).isEqualTo(created.text());
        code(phone, 1);
        // With other fields it is no repetition but a retry: the schedule has one that is available at once.
        Answer retried = ding.create(phone, "correlation_id", "2");
        assertThat(retried.text()).isEqualTo(created.text());
        String second = code(phone, 2);
        Answer limited = ding.create(phone, "correlation_id", "3");
        assertAnswer(limited, "rate_limited", CREATED);
        assertThat(limited.field("authentication_uuid")).isEqualTo(created.field("authentication_uuid"));
        assertThat(limited.field("expires_at")).isEqualTo(created.field("expires_at"));
        assertThat(limited.headers()).containsKeys("retry-after", "x-request-id");
        assertThat(operator.messages(phone)).hasSize(2);
        assertThat(ding.check(created.field("authentication_uuid"), second).field("status"))
                .isEqualTo("valid");
        // The window is closed, so that this is a new one.
        Answer next = ding.create(phone, "correlation_id", "4");
        assertAnswer(next, "pending", CREATED);
        assertThat(next.field("authentication_uuid")).isNotEqualTo(created.field("authentication_uuid"));
    }

    @Test
    @Order(5)
    void anIdempotencyKeyHasOneAnswer() throws Exception {
        String phone = phone("+33612348005");
        Answer created = ding.createWithKey("key-1", phone);
        assertAnswer(created, "pending", CREATED);
        String code = code(phone, 1);
        assertThat(ding.check(created.field("authentication_uuid"), code).field("status"))
                .isEqualTo("valid");
        assertThat(ding.createWithKey("key-1", phone).text()).isEqualTo(created.text());
        assertError(ding.createWithKey("key-1", phone("+33612348006")), "bad_request");
        assertThat(operator.messages(phone)).hasSize(1);
        assertThat(operator.messages("+33612348006")).isEmpty();
    }

    @Test
    @Order(6)
    void theSimulatorDoesWhatItsNumbersSay() throws Exception {
        String delivered = created("+12025550190");
        String late = created("+12025550191");
        String undeliverable = created("+12025550192");
        String rejected = created("+12025550193");
        String silent = created("+12025550194");
        String down = created("+12025550195");
        awaitDelivered(delivered, 1);
        await().untilAsserted(() -> {
            assertThat(firstAttempt(late)).isEqualTo("pending: submitted");
            assertThat(firstAttempt(undeliverable)).isEqualTo("failed: submitted, undeliverable");
            assertThat(firstAttempt(rejected)).isEqualTo("failed: undeliverable");
            assertThat(firstAttempt(silent)).isEqualTo("pending: submitted");
            assertThat(firstAttempt(down)).isEqualTo("failed: undeliverable");
        });
        assertThat(operator.messages("+12025550191")).hasSize(1);
        assertThat(operator.messages("+12025550192")).isEmpty();
        assertThat(operator.messages("+12025550193")).isEmpty();
        assertThat(operator.messages("+12025550194")).hasSize(1);
        assertThat(operator.messages("+12025550195")).isEmpty();
        assertThat(ding.check(rejected, "123456").field("status")).isEqualTo("without_attempt");
        assertThat(ding.check(undeliverable, "123456").field("status")).isIn("invalid", "valid");
    }

    private String created(String phone) throws IOException {
        Answer created = ding.create(phone(phone));
        assertThat(created.field("status")).as(created.text()).isEqualTo("pending");
        return created.field("authentication_uuid");
    }

    // --- the operator

    @Test
    @Order(7)
    void aPolicyHoldsAtOnceAndCodesAreShownOnlyInTheWindow() throws Exception {
        Customer customer = installation.customer();
        Ding application = application(customer);
        String before = phone("+33612349007");
        application.create(before);
        assertThat(code(before, 1)).hasSize(6);
        JsonNode set = installation.set(
                customer, "--code-length", "8", "--brand", "Acme", "--window", "4s", "--show-codes", "true");
        assertThat(set.path("policy").path("code_length").asInt()).isEqualTo(8);

        String phone = phone("+33612350008");
        Answer created = application.create(phone);
        String id = created.field("authentication_uuid");
        assertThat(Duration.between(time(created, "created_at"), time(created, "expires_at")))
                .isEqualTo(Duration.ofSeconds(4));
        String code = code(phone, 1);
        assertThat(code).hasSize(8);
        String wrong = secret(otherThan(code));
        assertThat(application.check(id, wrong).field("status")).isEqualTo("invalid");
        JsonNode open = application.status(id).json().path("events");
        if (Instant.now().isBefore(time(created, "expires_at"))) {
            assertThat(open.get(0).path("content").asText()).contains(code).contains("Acme");
            assertThat(open.findParents("code").getFirst().path("code").asText())
                    .isEqualTo(wrong);
        }

        await().atMost(Duration.ofSeconds(10))
                .until(() -> !Instant.now().isBefore(time(created, "expires_at").plusMillis(100)));
        assertThat(application.check(id, code).field("status")).isEqualTo("expired_auth");
        assertAnswer(application.retry(id), "expired_auth", RETRIED);
        String closed = application.status(id).text();
        assertThat(closed).contains("********").doesNotContain(code).doesNotContain(wrong);
        // The window of before has its own end still.
        assertThat(application.create(before, "correlation_id", "2").field("status"))
                .isEqualTo("rate_limited");
    }

    @Test
    @Order(8)
    void keysAndSuspensionHoldAtOnce() throws Exception {
        Customer customer = installation.customer();
        Ding application = application(customer);
        String first = installation
                .run("key", "list", customer.uuid())
                .get(0)
                .path("key_id")
                .asText();
        JsonNode made = installation.run("key", "create", customer.uuid());
        Ding other =
                application(new Customer(customer.uuid(), made.path("api_key").asText()));
        Answer created = other.create(phone("+33612351009"));
        assertThat(created.status()).isEqualTo(200);
        // Both keys are of one account.
        assertThat(application.status(created.field("authentication_uuid")).status())
                .isEqualTo(200);
        installation.run("key", "revoke", customer.uuid(), first);
        Answer forbidden = application.status(created.field("authentication_uuid"));
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.text()).isEqualTo("{\"message\":\"Forbidden\"}");
        installation.run("account", "suspend", customer.uuid());
        assertError(other.create(phone("+33612351010")), "suspended_account");
        assertError(other.status(created.field("authentication_uuid")), "suspended_account");
        installation.run("account", "resume", customer.uuid());
        assertThat(other.status(created.field("authentication_uuid")).status()).isEqualTo(200);
        // To everyone else it does not exist.
        assertError(ding.status(created.field("authentication_uuid")), "invalid_auth_uuid");
        assertError(ding.check(created.field("authentication_uuid"), "123456"), "invalid_auth_uuid");
    }

    @Test
    @Order(9)
    void testNumbersFollowTheirScript() throws Exception {
        Customer customer = installation.customer();
        String[] outcomes = {"valid", "rate_limited", "spam", "expired", "invalid"};
        for (int i = 0; i < outcomes.length; i++) {
            installation.run(
                    "test-number", "add", customer.uuid(), "+3361235201" + i, "424242", "--outcome", outcomes[i]);
        }
        assertThat(installation.run("test-number", "list", customer.uuid())).hasSize(5);
        Ding application = application(customer);
        String id = application.create("+33612352010").field("authentication_uuid");
        assertThat(application.check(id, "424243").field("status")).isEqualTo("invalid");
        assertThat(application.check(id, "424242").field("status")).isEqualTo("valid");
        Answer limited = application.create("+33612352011");
        assertAnswer(limited, "rate_limited", REFUSED);
        assertThat(application
                        .check(limited.field("authentication_uuid"), "424242")
                        .field("status"))
                .isEqualTo("without_attempt");
        assertAnswer(application.create("+33612352012"), "spam_detected", REFUSED);
        String expired = application.create("+33612352013").field("authentication_uuid");
        assertThat(application.check(expired, "424242").field("status")).isEqualTo("expired_auth");
        String invalid = application.create("+33612352014").field("authentication_uuid");
        assertThat(application.check(invalid, "424242").field("status")).isEqualTo("invalid");
        for (int i = 0; i < outcomes.length; i++) {
            assertThat(operator.messages("+3361235201" + i)).isEmpty();
        }
    }

    @Test
    @Order(10)
    void blocksAndCountriesRefuse() throws Exception {
        Customer customer = installation.customer("--countries", "FR,BE");
        installation.run("block", "add", customer.uuid(), "+33612353015");
        installation.run("block", "add", customer.uuid(), "+33612354*");
        Ding application = application(customer);
        assertError(application.create(phone("+33612353015")), "blocked_number");
        assertError(application.create(phone("+33612354016")), "blocked_number");
        assertThat(application.create(phone("+33612353016")).field("status")).isEqualTo("pending");
        assertError(application.create(phone("+12025550123")), "unsupported_region");
        assertError(application.create(phone("+33140205050")), "invalid_line");
        installation.run("block", "remove", customer.uuid(), "+33612353015");
        assertThat(application.create(phone("+33612353015")).field("status")).isEqualTo("pending");
    }

    @Test
    @Order(11)
    void limitsRefuseAndSayWhich() throws Exception {
        Customer customer = installation.customer(
                "--window", "1s",
                "--retry-after", "none",
                "--limit", "number-cooldown=off",
                "--limit", "number-hour=1/1h",
                "--limit", "ip=1/1h",
                "--limit", "device=1/1h",
                "--limit", "block=2/10m");
        Ding application = application(customer);
        String phone = phone("+33612355017");
        Answer created = application.create(phone, "ip", "192.0.2.1", "device_id", "d1");
        assertAnswer(created, "pending", CREATED);
        assertRefused(application.create(phone("+33612356018"), "ip", "192.0.2.1"), "rate_limited", "ip");
        assertRefused(application.create(phone("+33612357019"), "device_id", "d1"), "rate_limited", "device");
        await().until(() -> Instant.now().isAfter(time(created, "expires_at").plusMillis(50)));
        Answer refused = application.create(phone);
        assertRefused(refused, "rate_limited", "number-hour");
        assertThat(refused.field("authentication_uuid")).isNotEqualTo(created.field("authentication_uuid"));
        assertThat(application
                        .check(refused.field("authentication_uuid"), "123456")
                        .field("status"))
                .isEqualTo("without_attempt");
        assertThat(application.create(phone("+33612355018")).field("status")).isEqualTo("pending");
        assertRefused(application.create(phone("+33612355019")), "spam_detected", "block");
        assertThat(operator.messages("+33612355019")).isEmpty();
    }

    private static void assertRefused(Answer answer, String status, String rule) {
        assertAnswer(answer, status, REFUSED);
        assertThat(answer.headers()).containsEntry("x-carillon-reason", rule);
    }

    @Test
    @Order(12)
    void anErasedNumberIsNowhere() throws Exception {
        String phone = phone("+33676543218");
        String first = created(phone);
        assertThat(ding.check(first, code(phone, 1)).field("status")).isEqualTo("valid");
        String second =
                ding.create(phone, "correlation_id", "2", "ip", "203.0.113.77").field("authentication_uuid");
        code(phone, 2);
        awaitDelivered(second, 1);
        assertThat(tracesOf("676543218"))
                .as("before it is erased, it is encrypted")
                .isEmpty();
        assertThat(tracesOf("203.0.113.77")).isEmpty();

        JsonNode removed = installation.run("erase", "--phone", phone).path("removed");
        assertThat(removed.path("verifications").asInt()).isEqualTo(2);
        for (String id : List.of(first, second)) {
            assertError(ding.status(id), "invalid_auth_uuid");
            assertError(ding.check(id, "123456"), "invalid_auth_uuid");
            assertError(ding.retry(id), "invalid_auth_uuid");
        }
        assertError(ding.feedback(phone, "onboarded"), "no_associated_auth_found");
        assertThat(tracesOf("676543218")).isEmpty();
        // It may come back.
        assertThat(ding.create(phone, "correlation_id", "3").field("status")).isEqualTo("pending");
    }

    /** Where these characters are in what is kept: files of the data folder, rows of the database. */
    private List<String> tracesOf(String text) throws IOException, SQLException {
        List<String> traces = new ArrayList<>();
        try (Stream<Path> files = Files.walk(installation.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    traces.add(file.toString());
                }
            }
        }
        if (installation.databaseUrl().isPresent()) {
            tracesInRows(text, traces);
        }
        return traces;
    }

    private void tracesInRows(String text, List<String> traces) throws SQLException {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        try (Connection connection = PostgresServer.shared()
                        .connect(installation.databaseUrl().orElseThrow());
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            assertThat(tables).isNotEmpty();
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT t::text FROM \"" + table + "\" t")) {
                    while (rows.next()) {
                        if (rows.getString(1).contains(text)
                                || rows.getString(1).contains(hex)) {
                            traces.add(table);
                        }
                    }
                }
            }
        }
    }

    @Test
    @Order(13)
    void secretsRotateUnderARunningServer() throws Exception {
        String phone = phone("+33612358020");
        String before = created(phone);
        String code = code(phone, 1);
        String validated = created("+33612359021");
        String accepted = code("+33612359021", 1);
        assertThat(ding.check(validated, accepted).field("status")).isEqualTo("valid");

        assertThat(installation.run("secret", "rotate").path("generation").asInt())
                .isGreaterThan(0);

        assertThat(ding.create(phone, "correlation_id", "2").field("authentication_uuid"))
                .isEqualTo(before);
        assertThat(ding.check(before, code).field("status")).isEqualTo("valid");
        assertThat(ding.check(validated, accepted).field("status")).isEqualTo("already_validated");
        assertThat(ding.status(before).field("phone_number")).isEqualTo(phone);
        String later = created("+33612360022");
        assertThat(ding.check(later, code("+33612360022", 1)).field("status")).isEqualTo("valid");
        // Once the server has read the new generation, numbers are written under it and found all the same.
        await().pollDelay(Duration.ofMillis(2500)).atMost(Duration.ofSeconds(5)).until(() -> true);
        String last = created("+33612361023");
        assertThat(ding.create("+33612361023", "correlation_id", "2").field("authentication_uuid"))
                .isEqualTo(last);
        assertThat(ding.status(last).field("phone_number")).isEqualTo("+33612361023");
        assertThat(ding.status(validated).status()).isEqualTo(200);
    }

    @Test
    @Order(14)
    void aWrongMasterSecretIsRefused() throws Exception {
        String wrong = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=";
        Program.Output output = installation.serveInVain(Map.of("CARILLON_MASTER_SECRET", wrong));
        assertThat(output.code()).as(output.err()).isEqualTo(1);
        assertThat(output.out()).isEmpty();
        assertThat(output.err()).contains("secret").doesNotContain(wrong).doesNotContain("\tat ");
        // The server that runs did not notice.
        assertThat(operator.get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    @Order(15)
    void itTellsHowItIs() throws Exception {
        assertThat(operator.get("/health/live").status()).isEqualTo(200);
        Answer ready = operator.get("/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.field("status")).isEqualTo("up");
        created("+33612362024");
        String metrics = operator.get("/metrics").text();
        assertThat(metrics.lines())
                .anyMatch(line -> line.startsWith("carillon_requests_seconds_count{")
                        && line.contains("outcome=\"pending\"")
                        && line.contains("status=\"200\""));
        assertThat(operator.meter("carillon_ledger_batch_size_count")).isPositive();
        assertThat(operator.meter("carillon_ledger_commit_seconds_count")).isPositive();
        assertThat(metrics)
                .contains("\ncarillon_ledger_queue_depth ")
                .contains("\ncarillon_outbox_oldest_age_seconds ")
                .contains("\ncarillon_outbox_sending ")
                .doesNotContain(standard.uuid());
        assertNoSecretIn(metrics);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void theLogIsJsonAndTellsNoSecret() throws Exception {
        // Requests that may well be worth a line.
        String phone = phone("+33612363025");
        assertError(ding.create(phone + "x"), "invalid_phone_number");
        assertError(ding.status(phone), "invalid_auth_uuid");
        String log = server.log();
        JsonMapper json = new JsonMapper();
        assertThat(log.lines()).isNotEmpty().allSatisfy(line -> assertThat(
                        json.readTree(line).has("message"))
                .isTrue());
        assertThat(log).contains("simulator").doesNotContain("\"ERROR\"");
        assertThat(secrets).hasSizeGreaterThan(20);
        assertNoSecretIn(log);
    }

    private void assertNoSecretIn(String text) {
        for (String secret : secrets) {
            assertThat(text).doesNotContainPattern("(?<![0-9A-Za-z])" + Pattern.quote(secret) + "(?![0-9A-Za-z])");
        }
    }

    // --- helpers

    private Ding application(Customer customer) {
        secret(customer.key());
        Ding application = new Ding(server, customer);
        applications.add(application);
        return application;
    }

    private String phone(String number) {
        secret(number.substring(1));
        return number;
    }

    private String secret(String text) {
        secrets.add(text);
        return text;
    }

    private String code(String phone, int messages) {
        return secret(operator.code(phone, messages));
    }

    private static String otherThan(String code) {
        return (code.charAt(0) == '9' ? "1" : "9") + code.substring(1);
    }

    private void awaitDelivered(String id, int attempts) {
        await().untilAsserted(() -> assertThat(list(ding.status(id).json().path("events")))
                .filteredOn(event -> event.path("type").asText().equals("delivery_status")
                        && event.path("status").asText().equals("delivered"))
                .hasSize(attempts));
    }

    /** The status of the first attempt, and what its carrier has said. */
    private String firstAttempt(String id) throws IOException {
        List<JsonNode> events = list(ding.status(id).json().path("events"));
        return events.getFirst().path("status").asText() + ": "
                + String.join(
                        ", ",
                        events.stream()
                                .filter(event -> event.path("type").asText().equals("delivery_status"))
                                .map(event -> event.path("status").asText())
                                .toList());
    }

    private static void assertAnswer(Answer answer, String status, Set<String> fields) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.headers().get("content-type")).startsWith("application/json");
        assertThat(answer.field("status")).as(answer.text()).isEqualTo(status);
        assertThat(names(answer.json())).isEqualTo(fields);
        for (String name : List.of("created_at", "expires_at", "next_retry_at")) {
            if (fields.contains(name)) {
                assertThat(answer.field(name)).matches(TIME);
            }
        }
    }

    private static void assertError(Answer answer, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.field("code")).as(answer.text()).isEqualTo(code);
        assertThat(names(answer.json())).containsExactlyInAnyOrder("code", "message", "doc_url");
    }

    private static Instant time(Answer answer, String name) {
        return Instant.parse(answer.field(name));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
