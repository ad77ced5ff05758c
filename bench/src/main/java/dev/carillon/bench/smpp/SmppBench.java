// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.smpp;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code bench/smpp}. Both ways have one bind and one window of the same size, and take turns on the same SMSC. Exits with 0
 * when Carillon reaches the wanted share of jsmpp's rate, 1 when it does not, 2 on a wrong command line.
 */
@Command(
        name = "smpp",
        sortOptions = false,
        description =
                "Compares the rate of an SMPP connection with that of jsmpp's bare session, without TLS and with it.")
public final class SmppBench implements Callable<Integer> {
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Rounds that are not counted: the compiler is busy. */
    private static final int WARM_UP = 3;

    @Option(names = "--window", defaultValue = "20", description = "Submits on their way. Default: ${DEFAULT-VALUE}")
    private int window;

    @Option(names = "--rounds", defaultValue = "5", description = "Measured turns of each. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "3", description = "How long a turn is. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--least", defaultValue = "0.8", description = "The wanted share. Default: ${DEFAULT-VALUE}")
    private double least;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SmppBench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("carillon-smpp-bench");
        try {
            double plain = compare("plain", Optional.empty());
            double tls = compare("TLS", Optional.of(Certificate.make(folder)));
            return Math.min(plain, tls) >= least ? 0 : 1;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Ours as a share of jsmpp's, by the median of the rounds. */
    private double compare(String name, Optional<Certificate> certificate) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (LocalSmsc smsc = new LocalSmsc(certificate);
                Sender bare = new BareJsmpp(smsc.port(), certificate);
                Sender ours = new Ours(smsc.port(), window, certificate)) {
            List<Double> shares = new ArrayList<>();
            for (int round = 1 - WARM_UP; round <= rounds; round++) {
                boolean bareFirst = round % 2 == 0;
                Rate first = rate(bareFirst ? bare : ours);
                Rate second = rate(bareFirst ? ours : bare);
                if (round > 0) {
                    Rate ofBare = bareFirst ? first : second;
                    Rate ofOurs = bareFirst ? second : first;
                    shares.add(ofOurs.perSecond() / ofBare.perSecond());
                    out.printf("%-6s %d  jsmpp %s  Carillon %s  %.2f%n", name, round, ofBare, ofOurs, shares.getLast());
                    out.flush();
                }
            }
            double median =
                    shares.stream().sorted().skip(shares.size() / 2).findFirst().orElseThrow();
            out.printf("%-6s median of the rounds: %.2f%n", name, median);
            out.flush();
            return median;
        }
    }

    /**
     * What one turn came to.
     *
     * @param cpuMicros processor time of the process for each message, the SMSC's part included: it tells more than the rate where
     *     others use the machine, too
     */
    private record Rate(double perSecond, double cpuMicros) {
        @Override
        public String toString() {
            return "%7.0f/s (%3.0f µs)".formatted(perSecond, cpuMicros);
        }
    }

    /** Of as many senders as the window holds. */
    private Rate rate(Sender sender) throws Exception {
        long cpu = MACHINE.getProcessCpuTime();
        long started = System.nanoTime();
        long end = started + Duration.ofSeconds(seconds).toNanos();
        long sent = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < window; i++) {
                counts.add(threads.submit(() -> {
                    long count = 0;
                    while (System.nanoTime() - end < 0) {
                        sender.send();
                        count++;
                    }
                    return count;
                }));
            }
            for (Future<Long> count : counts) {
                sent += count.get();
            }
        }
        return new Rate(sent / ((System.nanoTime() - started) / 1e9), (MACHINE.getProcessCpuTime() - cpu) / 1e3 / sent);
    }
}
