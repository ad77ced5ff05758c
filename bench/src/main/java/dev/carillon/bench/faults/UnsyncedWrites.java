// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process had written to its files when it died, and no sync that had come back covered: read from the log of {@code strace -f -y}. A call of one
 * thread that others interrupt has two lines, its beginning and its end.
 */
final class UnsyncedWrites {
    private static final Pattern CALL = Pattern.compile(
            "(\\d+) +(pwrite64|fdatasync|fsync)\\(\\d+<([^>]*)>(?:, \"\"(?:\\.\\.\\.)?, (\\d+), (\\d+))?(.*)");
    private static final Pattern END = Pattern.compile("(\\d+) +<\\.\\.\\. (pwrite64|fdatasync|fsync) resumed>.*");
    private static final Pattern DONE = Pattern.compile(".*\\) += \\d+( .*)?");

    private final List<Write> pending = new ArrayList<>();
    private final Map<String, Write> writing = new HashMap<>();
    private final Map<String, List<Write>> syncing = new HashMap<>();

    private UnsyncedWrites() {}

    /** Bytes of a file, the last of which is before {@code end}. */
    record Range(long from, long end) {}

    private record Write(Path file, Range range) {}

    static UnsyncedWrites of(Stream<String> lines) {
        UnsyncedWrites writes = new UnsyncedWrites();
        lines.forEach(writes::read);
        return writes;
    }

    /** Those of one file, in the order in which they were written. */
    List<Range> of(Path file) {
        return Stream.concat(pending.stream(), writing.values().stream())
                .filter(write -> write.file().equals(file))
                .map(Write::range)
                .toList();
    }

    private void read(String line) {
        Matcher call = CALL.matcher(line);
        Matcher end = END.matcher(line);
        if (call.matches()) {
            begin(call);
            if (DONE.matcher(line).matches()) {
                end(call.group(1));
            }
        } else if (end.matches() && DONE.matcher(line).matches()) {
            end(end.group(1));
        }
    }

    private void begin(Matcher call) {
        String thread = call.group(1);
        Path file = Path.of(call.group(3));
        if (call.group(2).equals("pwrite64")) {
            long from = Long.parseLong(call.group(5));
            writing.put(thread, new Write(file, new Range(from, from + Long.parseLong(call.group(4)))));
        } else {
            // It covers what was written by now.
            syncing.put(
                    thread,
                    pending.stream().filter(write -> write.file().equals(file)).toList());
        }
    }

    private void end(String thread) {
        Write written = writing.remove(thread);
        if (written != null) {
            pending.add(written);
        }
        List<Write> synced = syncing.remove(thread);
        if (synced != null) {
            synced.forEach(pending::remove);
        }
    }
}
