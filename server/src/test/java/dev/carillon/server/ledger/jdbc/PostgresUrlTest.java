// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://joe:s%40cret%2B+1@db.example:5433/carillon?sslmode=verify-full",
                "postgres://joe:s%40cret%2B+1@db.example:5433/carillon?sslmode=verify-full",
                " postgresql://joe:s@cret++1@db.example:5433/carillon?sslmode=verify-full\n",
                "jdbc:postgresql://db.example:5433/carillon?user=joe&password=s%40cret%2B%2B1&sslmode=verify-full",
                "jdbc:postgresql://joe:s%40cret++1@db.example:5433/carillon?sslmode=verify-full",
            })
    void bothFormsMeanTheSame(String text) {
        PostgresUrl url = PostgresUrl.parse(text);
        assertThat(url.user()).hasValue("joe");
        assertThat(url.password()).hasValue("s@cret++1");
        assertThat(url.address()).isEqualTo("db.example:5433/carillon");
        assertThat(url.jdbcUrl())
                .startsWith("jdbc:postgresql://db.example:5433/carillon?")
                .contains("sslmode=verify-full", "socketTimeout=30", "ApplicationName=carillon")
                .doesNotContain("joe", "s@cret", "s%40cret");
        assertThat(url.toString()).contains("joe", "db.example").doesNotContain("cret");
    }

    @Test
    void whatTheUrlSaysBeatsTheDefaults() {
        assertThat(PostgresUrl.parse("postgresql://h/d?connect_timeout=2&application_name=a%20b&socketTimeout=7")
                        .jdbcUrl())
                .contains("connectTimeout=2", "ApplicationName=a+b", "socketTimeout=7")
                .doesNotContain("connectTimeout=5", "socketTimeout=30", "carillon");
    }

    @Test
    void ofSeveralHostsThePrimaryIsTaken() {
        PostgresUrl url = PostgresUrl.parse("postgresql://joe@one:5432,[::1]:5433/d");
        assertThat(url.jdbcUrl())
                .startsWith("jdbc:postgresql://one:5432,[::1]:5433/d?")
                .contains("targetServerType=primary");
        assertThat(PostgresUrl.parse("postgresql://one,two/d?target_session_attrs=any")
                        .jdbcUrl())
                .contains("targetServerType=any")
                .doesNotContain("primary");
        assertThat(PostgresUrl.parse("postgresql://one/d?target_session_attrs=read-write")
                        .jdbcUrl())
                .contains("targetServerType=primary");
        assertThat(PostgresUrl.parse("postgresql://one/d").jdbcUrl()).doesNotContain("targetServerType");
    }

    @Test
    void partsMayBeMissing() {
        PostgresUrl url = PostgresUrl.parse("postgresql://");
        assertThat(url.jdbcUrl()).startsWith("jdbc:postgresql://localhost/?");
        assertThat(url.user()).isEmpty();
        assertThat(url.password()).isEmpty();
        assertThat(PostgresUrl.parse("postgresql://joe@h/d").password()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "mysql://joe:hunter2@h/d",
                "jdbc:sqlite:hunter2",
                "postgresql://joe:hunter2%zz@h/d",
                "postgresql://joe:hunter2/d",
                "postgresql://joe:hunter2@h:port/d",
                "postgresql://joe:hunter2@h/d?sslmode",
                "postgresql://joe:hunter2@h/d?target_session_attrs=none",
                "postgresql://joe:hunter2@/d?host=/run/postgresql",
                "postgresql://joe:hunter2@%2Frun%2Fpostgresql/d",
            })
    void whatIsNotAUrlIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}
