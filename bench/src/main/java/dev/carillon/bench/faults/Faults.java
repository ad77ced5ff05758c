// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import dev.carillon.bench.faults.Program.Start;
import dev.carillon.bench.faults.Proxy.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** All faults, in the order in which they are tried. */
final class Faults {
    /** What breaks also breaks while something recovers. */
    private static final int WHILE_STARTING = 4;

    static final List<Fault> ALL = List.of(
            new KillNode(),
            new KillDatabase(),
            new KillBoth(),
            new TornWrite(),
            new Stall(),
            new Cut("reset", State.WHOLE),
            new Cut("silence", State.SILENT),
            new Cut("lost-answers", State.DEAF),
            new FullDisk(),
            new Clocks());

    private Faults() {}

    private static Optional<String> onlyPostgres(Engine engine) {
        return engine == Engine.postgresql ? Optional.empty() : Optional.of("SQLite is in the node's own process");
    }

    private static void sleep(RandomGenerator random, int least, int most) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(least, most));
    }

    /** kill -9 of a node; of each fourth one once more as soon as it is up. */
    private record KillNode() implements Fault {
        @Override
        public String name() {
            return "node";
        }

        @Override
        public void strike(Site site, RandomGenerator random) throws IOException {
            int node = random.nextInt(site.size());
            site.kill(node);
            site.startNodes();
            if (random.nextInt(WHILE_STARTING) == 0) {
                site.kill(node);
                site.startNodes();
            }
        }
    }

    /** kill -9 of every process of the database at once; the nodes stay. */
    private record KillDatabase() implements Fault {
        @Override
        public String name() {
            return "database";
        }

        @Override
        public Optional<String> missing(Engine engine) {
            return onlyPostgres(engine);
        }

        @Override
        public void strike(Site site, RandomGenerator random) throws IOException, InterruptedException {
            site.postgres().kill();
            sleep(random, 0, 300);
            site.postgres().start();
        }
    }

    /** kill -9 of all nodes and the database, in an order of chance. */
    private record KillBoth() implements Fault {
        @Override
        public String name() {
            return "both";
        }

        @Override
        public Optional<String> missing(Engine engine) {
            return onlyPostgres(engine);
        }

        @Override
        public void strike(Site site, RandomGenerator random) throws IOException, InterruptedException {
            boolean databaseFirst = random.nextBoolean();
            if (databaseFirst) {
                site.postgres().kill();
            }
            for (int i = 0; i < site.size(); i++) {
                site.kill(i);
            }
            if (!databaseFirst) {
                site.postgres().kill();
            }
            site.postgres().start();
            site.startNodes();
        }
    }

    /** Everything that stores is frozen for a while, as on a disk that does not answer: the database, or the node that has its own. */
    private record Stall() implements Fault {
        @Override
        public String name() {
            return "stall";
        }

        @Override
        public void strike(Site site, RandomGenerator random) throws IOException, InterruptedException {
            List<Long> frozen = site.engine() == Engine.postgresql
                    ? site.postgres().pids()
                    : site.server(0).pids();
            Signals.send("STOP", frozen);
            try {
                sleep(random, 500, 2_000);
            } finally {
                Signals.send("CONT", frozen);
            }
        }
    }

    /** The connections between nodes and database are of no use for a while, and are ended then. */
    private record Cut(String name, State state) implements Fault {
        @Override
        public Optional<String> missing(Engine engine) {
            return onlyPostgres(engine);
        }

        @Override
        public void strike(Site site, RandomGenerator random) throws InterruptedException {
            site.proxy().become(state);
            sleep(random, 50, 1_000);
            boolean goesOn = state == State.SILENT && random.nextBoolean();
            if (!goesOn) {
                site.proxy().reset();
            }
            site.proxy().become(State.WHOLE);
        }
    }

    /** The disk of the store is full for a while. */
    private record FullDisk() implements Fault {
        @Override
        public String name() {
            return "disk-full";
        }

        @Override
        public Optional<String> missing(Engine engine) {
            return SmallDisk.missing();
        }

        @Override
        public boolean needsSmallDisk() {
            return true;
        }

        @Override
        public void strike(Site site, RandomGenerator random) throws IOException, InterruptedException {
            Path filler = site.folder().resolve("filler");
            SmallDisk.fill(filler);
            try {
                sleep(random, 300, 1_000);
            } finally {
                Files.delete(filler);
            }
            if (site.engine() == Engine.postgresql) {
                site.postgres().startAgain();
            }
        }
    }

    /**
     * The clock of all nodes is set back or forward while they run, and stays so until the next time. libfaketime does it: the whole process
     * sees another time, its libraries too, and production code has no hook for it.
     */
    private record Clocks() implements Fault {
        private static final List<Path> LIBRARIES = List.of(
                Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

        private static final int CACHED_MILLIS = 2_100;
        private static final List<Integer> MINUTES = List.of(0, 0, 3, 20, -20, -3, 90, -600);

        @Override
        public String name() {
            return "clock";
        }

        @Override
        public Optional<String> missing(Engine engine) {
            return library().isPresent() ? Optional.empty() : Optional.of("libfaketime is not installed");
        }

        private static Optional<Path> library() {
            return LIBRARIES.stream().filter(Files::exists).findFirst();
        }

        private static Path file(Site site) {
            return site.folder().resolve("clock");
        }

        @Override
        public Start start(Site site) throws IOException {
            Files.writeString(file(site), "+0\n");
            return new Start(
                    List.of(),
                    Map.of(
                            "LD_PRELOAD", library().orElseThrow().toString(),
                            "FAKETIME_TIMESTAMP_FILE", file(site).toString(),
                            // Seconds: a JVM looks at clocks so often that to read the file each time would take all of
                            // its time.
                            "FAKETIME_CACHE_DURATION", "1",
                            // A clock that counts on is not one that can be set.
                            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                            "DONT_FAKE_MONOTONIC", "1",
                            "NO_FAKE_STAT", "1"));
        }

        @Override
        public boolean movesTime() {
            return true;
        }

        @Override
        public void strike(Site site, RandomGenerator random) throws IOException, InterruptedException {
            int minutes = MINUTES.get(random.nextInt(MINUTES.size()));
            List<Long> nodes = new ArrayList<>();
            for (int i = 0; i < site.size(); i++) {
                nodes.addAll(site.server(i).pids());
            }
            // All at the same moment, since nodes have to agree on the time: none runs until each has forgotten what it
            // read.
            Signals.send("STOP", nodes);
            try {
                Files.writeString(file(site), "%+dm%n".formatted(minutes));
                TimeUnit.MILLISECONDS.sleep(CACHED_MILLIS);
            } finally {
                Signals.send("CONT", nodes);
            }
            sleep(random, 300, 600);
        }
    }
}
