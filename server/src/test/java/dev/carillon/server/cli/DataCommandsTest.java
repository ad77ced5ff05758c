// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCommandsTest extends CommandFixture {
    @TempDir
    private Path folder;

    private Result data(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "data";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data";
        all[arguments.length + 2] = folder.toString();
        return run(all);
    }

    @Test
    void importsListsAndRollsBack() throws IOException {
        assertThat(data("list").out()).contains("Nothing was imported");
        Path file = Files.writeString(folder.resolve("ported.csv"), "+33612345678,20801\n");

        assertThat(data("import", "ported", file.toString()).out())
                .contains("ported 1: 1 entries, imported today, in use");
        assertThat(data("import", "ported", file.toString(), "--json")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(data("rollback", "ported").out()).contains("ported 1").contains("in use");
        assertThat(data("list", "--json").json()).hasSize(2);
        assertThat(store.opened).isZero();
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("ported.csv"), "+33612345678,20801\nnothing\n");

        Result wrong = data("import", "ported", file.toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("line 2");
        assertThat(data("import", "weather", file.toString()).code()).isEqualTo(2);
        assertThat(data("import", "ported", folder.resolve("missing").toString())
                        .code())
                .isEqualTo(1);
        assertThat(data("rollback", "ported").code()).isEqualTo(1);
    }
}
