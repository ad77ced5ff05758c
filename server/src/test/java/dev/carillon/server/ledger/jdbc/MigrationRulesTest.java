// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A migration only adds, so that servers of the version before go on while it runs and after it. What nothing uses any more may go in a
 * later release: such a statement says {@code -- contract: unused since VERSION} on the line above it.
 */
final class MigrationRulesTest {
    private static final Pattern MADE = Pattern.compile("create table (\\w+)");
    private static final Pattern INDEX = Pattern.compile("create (unique )?index (\\w+ )?on (\\w+).*");
    private static final Pattern COLUMN = Pattern.compile("alter table \\w+ add column \\w+ .*");

    @ParameterizedTest
    @EnumSource
    void everyMigrationOnlyAdds(Schema schema) throws Exception {
        for (Path file : migrations(schema)) {
            assertThat(objections(Files.readString(file))).as(file.toString()).isEmpty();
        }
    }

    @Test
    void bothEnginesHaveTheSame() throws Exception {
        assertThat(names(Schema.SQLITE)).isEqualTo(names(Schema.POSTGRESQL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE number",
                "ALTER TABLE outbox DROP COLUMN kind",
                "ALTER TABLE outbox RENAME COLUMN kind TO sort",
                "ALTER TABLE outbox ALTER COLUMN kind TYPE bigint",
                "ALTER TABLE outbox ADD COLUMN sort integer NOT NULL",
                "CREATE INDEX number_expiry ON number (expires_at)",
                "CREATE UNIQUE INDEX one ON account (name)",
                "UPDATE outbox SET kind = 1"
            })
    void whatWouldHurtAServerOfTheVersionBeforeIsFound(String statement) {
        assertThat(objections(statement + ";")).hasSize(1);
        assertThat(objections("-- contract: unused since 0.3\n" + statement + ";"))
                .isEmpty();
    }

    @Test
    void twoTablesInOneTransactionCouldWaitForWritersInACircle() {
        assertThat(objections("ALTER TABLE number ADD COLUMN a text; ALTER TABLE outbox ADD COLUMN a text;"))
                .singleElement()
                .satisfies(objection -> assertThat(objection).startsWith("alters more than one table"));
    }

    private static List<String> objections(String migration) {
        String text = migration.replaceAll("-- contract: unused since (\\S+)", "contract");
        text = text.replaceAll("--[^\n]*", "");
        List<String> objections = new ArrayList<>();
        Set<String> own = new HashSet<>();
        Set<String> altered = new HashSet<>();
        for (String statement : Arrays.stream(text.split(";"))
                .map(one -> one.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                .filter(one -> !one.isEmpty())
                .toList()) {
            Matcher made = MADE.matcher(statement);
            Matcher index = INDEX.matcher(statement);
            if (made.lookingAt()) {
                own.add(made.group(1));
            } else if (!isHarmless(statement, index, own)) {
                objections.add(statement);
            }
            if (statement.startsWith("alter table ")) {
                altered.add(statement.split(" ", -1)[2]);
            }
        }
        if (altered.size() > 1) {
            // A migration is one transaction: it would lock one table while it waits for the next, as writers do.
            objections.add("alters more than one table: " + altered);
        }
        return objections;
    }

    private static boolean isHarmless(String statement, Matcher index, Set<String> own) {
        if (statement.startsWith("contract ")) {
            return true;
        }
        if (statement.startsWith("insert into ")) {
            return own.contains(statement.split(" ", -1)[2]);
        }
        // On a table that is in use it would lock out writers, and cost each of their writes.
        if (index.matches()) {
            return own.contains(index.group(3));
        }
        // Servers of the version before do not know the column, and must be able to insert without it.
        return COLUMN.matcher(statement).matches()
                && (!statement.contains("not null") || statement.contains(" default "))
                && !statement.contains("unique")
                && !statement.contains("references");
    }

    private static List<Path> migrations(Schema schema) throws IOException, URISyntaxException {
        Path folder =
                Path.of(Objects.requireNonNull(Schema.class.getClassLoader().getResource(schema.location()))
                        .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<String> names(Schema schema) throws IOException, URISyntaxException {
        return migrations(schema).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }
}
