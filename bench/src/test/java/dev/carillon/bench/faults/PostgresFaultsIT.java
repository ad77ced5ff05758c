// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class PostgresFaultsIT extends FaultsIT {
    @Override
    List<String> store() throws IOException {
        Path programs = PostgresPrograms.unpack(Files.createDirectory(folder.resolve("programs")));
        return List.of("--store", "postgresql", "--postgres-bin", programs.toString());
    }

    @Override
    String others() {
        return "database,lost-answers";
    }
}
