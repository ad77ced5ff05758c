// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.testing.PostgresServer;
import dev.carillon.server.verify.AccountLife;
import dev.carillon.server.verify.VerifyTestBench;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hot path can be sharded by key: proven of the statements that PostgreSQL is really sent, by the plans that it makes for them. Each
 * reads and writes one table, and finds every row by that table's key.
 */
final class HotStatementsTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** What would make one machine of all, or hold beyond a transaction. */
    private static final String FORBIDDEN =
            "(?is).*(nextval|currval|setval|advisory|\\bnotify\\b|\\blisten\\b|lock table|\\btemp\\b|\\bjoin\\b).*";

    @TempDir
    Path folder;

    private final String url = PostgresServer.shared().createDatabase();
    private final Set<String> sent = Collections.synchronizedSet(new LinkedHashSet<>());
    private final OpenDatabase database = SpiedPostgres.open(url, (sql, _) -> sent.addAll(statements(sql)));

    @AfterEach
    void close() {
        database.close();
    }

    /** A round trip is several statements in one text. */
    private static List<String> statements(String sql) {
        return Arrays.stream(sql.split(";\n"))
                .map(String::strip)
                .filter(statement -> !statement.equals(SpiedPostgres.Spy.COMMIT))
                .toList();
    }

    @Test
    void everyStatementOfTheHotPathFindsItsRowsByTheirKeyInOneTable() throws Exception {
        Set<String> hot = hotStatements();
        assertThat(hot).noneMatch(sql -> sql.matches(FORBIDDEN));
        Set<String> tables = new HashSet<>();
        List<String> otherwise = new ArrayList<>();
        try (Connection plain = planner();
                Statement statement = plain.createStatement()) {
            for (String sql : hot) {
                Plan plan = plan(statement, sql);
                // None at all: what the pool tells a new connection.
                assertThat(plan.tables()).as(sql).hasSizeLessThan(2);
                tables.addAll(plan.tables());
                if (!plan.byKey()) {
                    otherwise.add(sql);
                }
            }
        }
        assertThat(tables)
                .containsExactlyInAnyOrder(
                        "replay",
                        "number",
                        "reference",
                        "verification",
                        "counter",
                        "balance",
                        "balance_entry",
                        "outbox",
                        "webhook_delivery");
        assertThat(otherwise)
                .as("what is due is found by its time, wherever it lies: each shard by itself would do")
                .singleElement()
                .satisfies(sql -> assertThat(sql).startsWith("WITH due AS MATERIALIZED"));
    }

    @Test
    void noSequenceTriggerOrForeignKeyTiesRowsTogether() throws Exception {
        try (Connection admin = PostgresServer.shared().connect(url);
                Statement statement = admin.createStatement()) {
            for (String none : List.of(
                    "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace",
                    "SELECT conname FROM pg_constraint WHERE contype = 'f'",
                    "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")) {
                try (ResultSet rows = statement.executeQuery(none)) {
                    assertThat(rows.next()).as(none).isFalse();
                }
            }
            // A unique index can only be spread by its own columns: on hot tables there is none but the key's.
            List<String> unique = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT i.indrelid::regclass::text FROM pg_index i"
                    + " WHERE i.indisunique AND NOT i.indisprimary AND i.indrelid::regclass::text !~ '^pg_'")) {
                while (rows.next()) {
                    unique.add(rows.getString(1));
                }
            }
            assertThat(unique).containsOnly("api_key");
        }
    }

    /** What is sent while an account lives, messages are taken over and leases renewed; twice, so that rows are there to be met. */
    private Set<String> hotStatements() {
        try (VerifyTestBench bench = new VerifyTestBench(folder, database)) {
            Instant now = bench.clock.instant();
            while (database.store().maintain(now, Duration.ofDays(30))) {
                // until there are partitions
            }
            sent.clear();
            AccountLife.live(bench, AccountLife.account(bench, new UUID(0x4000L, 0x100)));
            AccountLife.live(bench, AccountLife.account(bench, new UUID(0x4000L, 0x200)));
            List<UUID> leased = database.store().lease(now.plusSeconds(90), now.plusSeconds(120), 10).stream()
                    .map(item -> item.id())
                    .toList();
            assertThat(leased).isNotEmpty();
            database.store().renew(leased, now.plusSeconds(150));
            Set<String> hot = new LinkedHashSet<>(sent);
            // The keyring's and the window keys' tables are cold: a look at them is rare, or new to this node.
            hot.removeIf(sql -> sql.contains("keyring") || sql.contains("window_key"));
            assertThat(hot).hasSizeGreaterThan(15);
            return hot;
        }
    }

    /** Statements for whatever parameters can only be planned by text that is sent as it is. */
    private Connection planner() throws SQLException {
        PostgresUrl address = PostgresUrl.parse(url);
        String separator = address.jdbcUrl().contains("?") ? "&" : "?";
        Connection plain = DriverManager.getConnection(
                address.jdbcUrl() + separator + "preferQueryMode=simple",
                address.user().orElseThrow(),
                "");
        try (Statement statement = plain.createStatement()) {
            statement.execute("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off");
        }
        return plain;
    }

    /**
     * What a plan does.
     *
     * @param tables those that it reads or writes; a partition counts as its whole
     * @param byKey whether every row is found by its table's key
     */
    private record Plan(Set<String> tables, boolean byKey) {}

    private static Plan plan(Statement statement, String sql) throws Exception {
        StringBuilder numbered = new StringBuilder("EXPLAIN (GENERIC_PLAN, FORMAT JSON) ");
        int parameter = 0;
        for (int i = 0; i < sql.length(); i++) {
            if (sql.charAt(i) == '?') {
                parameter++;
                numbered.append('$').append(parameter);
            } else {
                numbered.append(sql.charAt(i));
            }
        }
        try (ResultSet rows = statement.executeQuery(numbered.toString())) {
            assertThat(rows.next()).isTrue();
            Set<String> tables = new HashSet<>();
            boolean byKey = true;
            for (JsonNode node : JSON.readTree(rows.getString(1)).findParents("Node Type")) {
                if (!node.has("Relation Name")) {
                    continue;
                }
                tables.add(node.path("Relation Name")
                        .asText()
                        .replaceFirst("^verification_(p[0-9]+|default)$", "verification"));
                boolean writes = node.path("Node Type").asText().equals("ModifyTable");
                // Several keys are looked up in the index first, and then in the table, page by page.
                JsonNode access = node.path("Node Type").asText().equals("Bitmap Heap Scan")
                        ? node.path("Plans").path(0)
                        : node;
                boolean found = access.path("Index Name").asText().endsWith("_pkey")
                        && access.path("Index Cond")
                                .asText()
                                .matches("^\\(+(\\w+\\.)?(key|id|account|verification) = .*");
                byKey &= writes || found;
            }
            return new Plan(tables, byKey);
        }
    }
}
