// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code bench/faults}: those faults from which the most was learned, once. A history with a violation stays in
 * target/faults, and the seed that is printed repeats it.
 */
abstract class FaultsIT {
    @TempDir
    Path folder;

    abstract String[] store() throws IOException;

    @Test
    void everyPromiseIsKeptWhateverBreaks() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = FaultsCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments());
        System.out.println(out);
        assertThat(exit).as(() -> out + "\n" + err).isZero();
        assertThat(out.toString()).contains("| node |");
    }

    private String[] arguments() throws IOException {
        Path bench = Path.of(System.getProperty("carillon.bench"));
        String[] common = {
            "--cycles",
            "1",
            "--root",
            bench.resolve("..").toString(),
            "--histories",
            bench.resolve("target/faults").toString(),
            "--work",
            folder.toString()
        };
        String[] own = store();
        String[] all = Arrays.copyOf(common, common.length + own.length);
        System.arraycopy(own, 0, all, common.length, own.length);
        return all;
    }
}
