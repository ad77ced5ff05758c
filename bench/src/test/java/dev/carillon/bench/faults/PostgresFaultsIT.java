// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.IOException;
import java.nio.file.Files;

class PostgresFaultsIT extends FaultsIT {
    @Override
    String[] store() throws IOException {
        String programs = PostgresPrograms.unpack(Files.createDirectory(folder.resolve("programs")))
                .toString();
        return new String[] {
            "--store", "postgresql", "--fault", "node,database,lost-answers", "--postgres-bin", programs
        };
    }
}
