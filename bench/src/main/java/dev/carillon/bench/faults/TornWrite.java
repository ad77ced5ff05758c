// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import dev.carillon.bench.faults.Program.Start;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The power fails: of what was written and not yet synchronized, each sector of the disk may have arrived or not. A kill alone does
 * not show that, for the system keeps what the process wrote. So strace follows the node's writes and calls of fdatasync, and once the node is killed exactly
 * what no sync had covered is damaged. What was answered must not be among it: an answer before the sync would be found out.
 *
 * <p>Each sync is delayed by a few milliseconds, so that nearly every kill comes when something is on its way to the disk.
 */
final class TornWrite implements Fault {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    /** What a disk writes as a whole. */
    private static final int SECTOR = 512;

    @Override
    public String name() {
        return "torn-write";
    }

    @Override
    public Optional<String> missing(Engine engine) {
        if (engine != Engine.sqlite) {
            return Optional.of("PostgreSQL's own business, which it has checksums for");
        }
        return Files.isExecutable(STRACE) ? Optional.empty() : Optional.of("strace is not installed");
    }

    private static Path log(Site site) {
        return site.folder().resolve("strace.log");
    }

    @Override
    public Start start(Site site) {
        // -D: the node stays our child, strace does not come between. -y: files by their names.
        return new Start(
                List.of(
                        STRACE.toString(),
                        "-D",
                        "-f",
                        "-y",
                        "-q",
                        "--seccomp-bpf",
                        "-s",
                        "0",
                        "-e",
                        "trace=pwrite64,fdatasync,fsync",
                        "-e",
                        "signal=none",
                        "-e",
                        "inject=fdatasync,fsync:delay_enter=5000",
                        "-P",
                        file(site).toString(),
                        "-P",
                        wal(site).toString(),
                        "-o",
                        log(site).toString()),
                Map.of());
    }

    private static Path file(Site site) {
        return site.data().resolve("carillon.db");
    }

    private static Path wal(Site site) {
        return site.data().resolve("carillon.db-wal");
    }

    @Override
    public void strike(Site site, RandomGenerator random) throws IOException, InterruptedException {
        site.kill(0);
        UnsyncedWrites unsynced = read(log(site));
        for (Path damaged : List.of(file(site), wal(site))) {
            for (UnsyncedWrites.Range range : unsynced.of(damaged)) {
                damage(damaged, range, random);
            }
        }
        site.startNodes();
    }

    /** strace ends when the node has, and its log is whole then. */
    private static UnsyncedWrites read(Path log) throws IOException, InterruptedException {
        while (ProcessHandle.allProcesses().anyMatch(process -> writes(process, log))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        try (Stream<String> lines = Files.lines(log)) {
            return UnsyncedWrites.of(lines);
        }
    }

    private static boolean writes(ProcessHandle process, Path log) {
        return process.info()
                .arguments()
                .filter(words -> List.of(words).contains(log.toString()))
                .isPresent();
    }

    /** Sector by sector: it arrived, it did not (zeros, as of a file that was just made longer), or something between. */
    private static void damage(Path file, UnsyncedWrites.Range range, RandomGenerator random) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long end = Math.min(range.end(), open.length());
            for (long from = range.from(); from < end; from = (from / SECTOR + 1) * SECTOR) {
                int length = (int) (Math.min(end, (from / SECTOR + 1) * SECTOR) - from);
                byte[] bytes = new byte[length];
                switch (random.nextInt(4)) {
                    case 0 -> random.nextBytes(bytes);
                    case 1 -> {} // zeros
                    default -> {
                        continue;
                    }
                }
                open.seek(from);
                open.write(bytes);
            }
            if (end == open.length() && random.nextInt(4) == 0) {
                open.setLength(range.from() + (end - range.from()) / 2); // its new length did not arrive either
            }
        }
    }
}
