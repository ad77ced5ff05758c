// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench/faults}. Exits with 0 when every promise was kept, 1 when one was broken, 2 on a wrong command line. */
@Command(
        name = "faults",
        sortOptions = false,
        description =
                "Breaks things under a server at work, proves from what it answered that it kept its promises, and prints a table in Markdown.")
public final class FaultsCommand implements Callable<Integer> {
    @Option(names = "--store", paramLabel = "sqlite|postgresql", description = "One store. Default: both")
    private @Nullable Engine engine;

    @Option(
            names = "--fault",
            split = ",",
            paramLabel = "NAME|all",
            defaultValue = "all",
            description =
                    "node, database, both, torn-write, stall, reset, silence, lost-answers, disk-full, clock. Default: all")
    private List<String> faults = List.of();

    @Option(names = "--cycles", defaultValue = "5", description = "Of each fault. Default: ${DEFAULT-VALUE}")
    private int cycles;

    @Option(
            names = "--users",
            defaultValue = "12",
            description = "Who are at work at the same time. Default: ${DEFAULT-VALUE}")
    private int users;

    @Option(names = "--java-options", defaultValue = "", description = "More options for the servers' JVM.")
    private String javaOptions = "";

    @Option(names = "--seed", description = "Of what is left to chance. Default: another one each time")
    private @Nullable Long seed;

    @Option(names = "--root", defaultValue = ".", description = "The checkout whose bin/carillon is run.")
    private Path root = Path.of(".");

    @Option(
            names = "--postgres-bin",
            description = "The folder of PostgreSQL's initdb and pg_ctl. Default: the newest in /usr/lib/postgresql")
    private @Nullable Path postgresBin;

    @Option(
            names = "--work",
            defaultValue = "/var/tmp",
            description = "Where the stores are: a real disk, no tmpfs. Default: ${DEFAULT-VALUE}")
    private Path work = Path.of("/var/tmp");

    @Option(
            names = "--histories",
            defaultValue = "bench/target/faults",
            description = "Where histories with violations stay. Default: ${DEFAULT-VALUE}")
    private Path histories = Path.of("bench/target/faults");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    FaultsCommand() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new FaultsCommand());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long started = System.nanoTime();
        long chance = seed == null ? System.nanoTime() : seed;
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Fault> chosen = chosen();
        err.println("seed " + chance);
        List<Result> results = new ArrayList<>();
        for (Engine each : engine == null ? List.of(Engine.values()) : List.of(engine)) {
            List<Fault> possible = new ArrayList<>();
            for (Fault fault : chosen) {
                fault.missing(each)
                        .ifPresentOrElse(
                                why -> err.println(each + ": no " + fault.name() + ": " + why),
                                () -> possible.add(fault));
            }
            run(each, possible.stream().filter(fault -> !fault.needsSmallDisk()).toList(), false, chance, results);
            run(each, possible.stream().filter(Fault::needsSmallDisk).toList(), true, chance, results);
        }
        out.println(Result.HEAD);
        results.forEach(result -> out.println(result.row()));
        out.printf(
                "%nSeed %d, %d s.%n",
                chance, Duration.ofNanos(System.nanoTime() - started).toSeconds());
        results.forEach(result -> result.violations().stream().limit(20).forEach(err::println));
        out.flush();
        err.flush();
        return results.stream().allMatch(result -> result.violations().isEmpty()) ? 0 : 1;
    }

    private List<Fault> chosen() {
        for (String name : faults) {
            if (!name.equals("all")
                    && Faults.ALL.stream().noneMatch(fault -> fault.name().equals(name))) {
                throw new ParameterException(spec.commandLine(), "there is no fault " + name);
            }
        }
        return Faults.ALL.stream()
                .filter(fault -> faults.contains("all") || faults.contains(fault.name()))
                .toList();
    }

    /** All of them on one site, one after the other. */
    private void run(Engine each, List<Fault> these, boolean small, long chance, List<Result> results)
            throws IOException, InterruptedException {
        if (these.isEmpty()) {
            return;
        }
        Path folder = Files.createTempDirectory(work, "carillon-faults");
        Optional<SmallDisk> disk = small ? Optional.of(SmallDisk.mount(folder)) : Optional.empty();
        Program program = new Program(root.toAbsolutePath().normalize().resolve("bin/carillon"), javaOptions);
        try (Site site = Site.open(program, each, folder, each == Engine.sqlite ? folder : postgresBin())) {
            try {
                FaultRun run = new FaultRun(site, histories, users, chance);
                boolean surveyed = false;
                for (Fault fault : these) {
                    if (fault.movesTime() && !surveyed) {
                        // While everything can be added up.
                        add(run.survey(), results);
                    }
                    surveyed |= fault.movesTime();
                    add(run.run(fault, cycles, chance), results);
                }
                add(run.survey(), results);
            } catch (IOException | RuntimeException e) {
                spec.commandLine().getErr().println(each + "\n" + site.logs());
                throw e;
            }
        } finally {
            disk.ifPresent(SmallDisk::close);
            FaultRun.deleteAll(folder);
        }
    }

    private void add(Result result, List<Result> results) {
        results.add(result);
        spec.commandLine().getErr().println(result.row());
        spec.commandLine().getErr().flush();
    }

    private Path postgresBin() throws IOException {
        return postgresBin == null ? Postgres.installed() : postgresBin;
    }
}
