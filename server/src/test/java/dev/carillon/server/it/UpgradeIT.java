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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From one version of the schema to the next: stores that an earlier program wrote are served as that program served them, a server goes
 * on while another migrates, and an older program leaves a newer store alone. The stores are made by {@code src/test/upgrade/make.sh}.
 */
class UpgradeIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path STORES = Path.of("src/test/upgrade");
    private static final String EARLIER = "V6";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whatAnEarlierProgramWroteIsServedAsItWas(Engine engine) throws Exception {
        JsonNode told = JSON.readTree(Files.readString(
                STORES.resolve(EARLIER + (engine == Engine.SQLITE ? ".sqlite.json" : ".postgresql.json"))));
        Installation installation = unpacked(engine);
        Customer customer =
                new Customer(told.path("customer").asText(), told.path("key").asText());
        // The store grows old in the repository; its verifications must not go with their age.
        Map<String, String> environment = Map.of(
                "CARILLON_MASTER_SECRET",
                Files.readString(STORES.resolve("master-secret")).strip(),
                "CARILLON_RETENTION",
                "3650d");
        try (CarillonProcess server = installation.serve(environment);
                Ding ding = new Ding(server, customer)) {
            assertThat(server.log()).contains("migrated from version " + EARLIER.substring(1) + " to ");
            for (JsonNode before : told.path("statuses")) {
                Answer now = ding.status(before.path("uuid").asText());
                assertThat(now.status()).as(now.text()).isEqualTo(200);
                assertThat(now.json()).isEqualTo(before);
            }
            assertThat(ding.create("+33612340009").field("code")).isEqualTo("blocked_number");
            String test = ding.create("+14155550100").field("authentication_uuid");
            assertThat(ding.check(test, "424242").field("status")).isEqualTo("valid");
            assertThat(ding.feedback("+33612340001", "onboarded").status()).isEqualTo(200);
            whatIsNewWorks(installation, environment, customer, server, ding);
        }
    }

    private static void whatIsNewWorks(
            Installation installation,
            Map<String, String> environment,
            Customer customer,
            CarillonProcess server,
            Ding ding)
            throws Exception {
        assertThat(installation
                        .tryToRun(environment, "price", "set", customer.uuid(), "message", "0.03 EUR")
                        .code())
                .isZero();
        try (Operator operator = new Operator(server)) {
            String phone = "+33612340001";
            String id = ding.create(phone).field("authentication_uuid");
            assertThat(ding.check(id, operator.code(phone, 1)).field("status")).isEqualTo("valid");
            assertThat(ding.status(id).text()).contains("balance_update");
        }
        assertThat(installation.tryToRun(environment, "balance", "verify").code())
                .isZero();
    }

    private Installation unpacked(Engine engine) throws IOException, SQLException {
        Installation installation = Installation.fresh(engine, folder);
        if (engine == Engine.SQLITE) {
            Files.createDirectories(installation.data());
            Files.write(installation.data().resolve("carillon.db"), unzipped(EARLIER + ".db.gz"));
        } else {
            try (Connection connection = PostgresServer.shared()
                            .connect(installation.databaseUrl().orElseThrow());
                    Statement statement = connection.createStatement()) {
                statement.execute(new String(unzipped(EARLIER + ".sql.gz"), StandardCharsets.UTF_8));
            }
        }
        return installation;
    }

    private static byte[] unzipped(String name) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(STORES.resolve(name)))) {
            return in.readAllBytes();
        }
    }

    /** What a migration may do, see {@code MigrationRulesTest}, is done under a server that runs and knows nothing of it. */
    @ParameterizedTest
    @EnumSource
    void aServerGoesOnWhileANewerProgramMigratesAndNoOlderOneStartsAfterIt(Engine engine) throws Exception {
        Installation installation = Installation.fresh(engine, folder);
        Customer customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        try (CarillonProcess server = installation.serve();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> users = List.of(
                    threads.submit(user(server, customer, "+33671", answered, stop)),
                    threads.submit(user(server, customer, "+33672", answered, stop)));
            try {
                awaitMore(answered);
                migrate(installation);
                awaitMore(answered);
                for (Program.Output refused : List.of(
                        installation.tryToRun(Map.of(), "account", "list"), installation.serveInVain(Map.of()))) {
                    assertThat(refused.code()).as(refused.err()).isEqualTo(1);
                    assertThat(refused.err().strip().lines()).singleElement().satisfies(line -> assertThat(line)
                            .startsWith("carillon: the database has schema version 1000")
                            .contains("a newer Carillon has used it"));
                }
                awaitMore(answered);
            } finally {
                stop.set(true);
            }
            for (Future<Integer> user : users) {
                assertThat(user.get()).isPositive();
            }
            assertThat(server.log()).doesNotContain("\"ERROR\"");
        }
    }

    private static void awaitMore(AtomicInteger answered) {
        int before = answered.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() > before + 20);
    }

    /** Creates and checks; every request is answered by 200. */
    private static Callable<Integer> user(
            CarillonProcess server, Customer customer, String prefix, AtomicInteger answered, AtomicBoolean stop) {
        return () -> {
            int count = 0;
            try (Ding ding = new Ding(server, customer)) {
                while (!stop.get()) {
                    Answer created = ding.create(prefix + "%06d".formatted(++count));
                    assertThat(created.status()).as(created.text()).isEqualTo(200);
                    Answer checked = ding.check(created.field("authentication_uuid"), "000000");
                    assertThat(checked.status()).as(checked.text()).isEqualTo(200);
                    answered.incrementAndGet();
                }
            }
            return count;
        };
    }

    private static void migrate(Installation installation) throws SQLException {
        Optional<String> url = installation.databaseUrl();
        try (Connection connection = url.isPresent()
                        ? PostgresServer.shared().connect(url.get())
                        : DriverManager.getConnection(
                                "jdbc:sqlite:" + installation.data().resolve("carillon.db") + "?busy_timeout=20000");
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("replay", "number", "counter", "verification", "outbox", "account", "balance")) {
                statement.execute("ALTER TABLE " + table + " ADD COLUMN later integer NOT NULL DEFAULT 0");
            }
            statement.execute("CREATE TABLE later (id integer)");
            statement.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, installed_on, execution_time, success)"
                    + " SELECT 1000, '1000', description, type, script, checksum, installed_by, installed_on,"
                    + " execution_time, success FROM flyway_schema_history WHERE version = '1'");
        }
    }
}
