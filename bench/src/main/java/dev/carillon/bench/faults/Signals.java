// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals to processes. Java itself knows only how to end them. */
final class Signals {
    private Signals() {}

    static void send(String signal, List<Long> pids) throws IOException, InterruptedException {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> command.add(pid.toString()));
        // One that has just ended makes it fail, and is as it should be.
        Process kill = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        kill.waitFor(10, TimeUnit.SECONDS);
    }

    /** A process and all that it has started. */
    static List<Long> family(long pid) {
        List<Long> family = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid).ifPresent(parent -> parent.descendants().forEach(child -> family.add(child.pid())));
        return family;
    }

    /** Returns when none of them runs any more. */
    static void awaitGone(List<Long> pids) throws InterruptedException {
        for (long pid : pids) {
            while (isAlive(pid)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    /**
     * Whether a process runs. A zombie does not, and has closed all that it had open; how long it stays one is the matter of whoever
     * has to take note of its end, which in a container may take its time.
     */
    static boolean isAlive(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
