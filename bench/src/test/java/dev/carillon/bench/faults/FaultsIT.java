// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code bench/faults}: a server is killed twenty times on each store, and once each those faults strike from which
 * the most was learned. A history with a violation stays in target/faults, and the seed that is printed repeats it.
 */
abstract class FaultsIT {
    @TempDir
    Path folder;

    /** Options that name the store. */
    abstract List<String> store() throws IOException;

    /** What strikes beside kills. */
    abstract String others();

    @Test
    void everyPromiseIsKeptWhateverBreaks() throws IOException {
        List<String> store = store();
        run(store, "node", 20);
        run(store, others(), 1);
    }

    private void run(List<String> store, String faults, int cycles) throws IOException {
        Path bench = Path.of(System.getProperty("carillon.bench"));
        List<String> arguments = new ArrayList<>(store);
        arguments.addAll(List.of("--fault", faults));
        arguments.addAll(List.of("--cycles", Integer.toString(cycles)));
        // A sixth of the usual load, and no server lives long enough for the optimizing compiler to pay.
        arguments.addAll(List.of("--users", "2", "--java-options", "-XX:TieredStopAtLevel=1"));
        arguments.addAll(List.of("--root", bench.resolve("..").toString()));
        arguments.addAll(List.of("--histories", bench.resolve("target/faults").toString()));
        arguments.addAll(List.of("--work", folder.toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = FaultsCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        System.out.println(out);
        assertThat(exit).as(() -> out + "\n" + err).isZero();
        // What cannot be had here is skipped; the first of them can be had everywhere.
        assertThat(out.toString()).contains("| " + faults.replaceAll(",.*", "") + " |");
    }
}
