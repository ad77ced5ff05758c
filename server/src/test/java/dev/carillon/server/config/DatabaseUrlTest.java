// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@h:5433/db?sslmode=require, jdbc:postgresql://h:5433/db?sslmode=require, u, p",
        "postgres://h/db, jdbc:postgresql://h/db, , ",
        "jdbc:postgresql://h/db?user=u&password=p&sslmode=require, jdbc:postgresql://h/db?sslmode=require, u, p",
        "postgresql://u:p%40%3A%2F@h/db, jdbc:postgresql://h/db, u, p@:/",
        "postgresql://u:a+b@h/db, jdbc:postgresql://h/db, u, a+b",
        "'postgresql://u:p@h1:5432,h2:5432/db', 'jdbc:postgresql://h1:5432,h2:5432/db', u, p",
        "postgresql://u@[::1]:5432/db, jdbc:postgresql://[::1]:5432/db, u, ",
    })
    void readsTheForms(String text, String jdbcUrl, String user, String password) {
        assertThat(DatabaseUrl.parse(text))
                .isEqualTo(new DatabaseUrl(
                        jdbcUrl,
                        Optional.ofNullable(user),
                        Optional.ofNullable(password).map(Secret::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mysql://u:secret@h/db", "postgresql://u:sec ret@h/db", "postgresql://u:secret@h", "h:secret"})
    void refusesOthersWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("sec");
    }

    @Test
    void printsWithoutThePassword() {
        assertThat(DatabaseUrl.parse("postgresql://u:secret@h/db")).hasToString("jdbc:postgresql://h/db");
    }
}
