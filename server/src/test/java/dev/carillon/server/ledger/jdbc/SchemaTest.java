// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SchemaTest {

    @ParameterizedTest
    @EnumSource
    void theVersionIsThatOfTheNewestMigration(Schema schema) throws Exception {
        Path folder =
                Path.of(Objects.requireNonNull(Schema.class.getClassLoader().getResource(schema.location()))
                        .toURI());
        List<Integer> versions;
        try (Stream<Path> files = Files.list(folder)) {
            versions = files.map(file -> file.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .sorted()
                    .toList();
        }
        assertThat(versions).last().isEqualTo(Schema.VERSION);
        assertThat(versions).doesNotHaveDuplicates();
    }
}
