// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.failover;

import dev.carillon.bench.history.Account;
import dev.carillon.bench.history.Checker;
import dev.carillon.bench.history.Examination;
import dev.carillon.bench.history.Exchange;
import dev.carillon.bench.history.Exchange.Outcome;
import dev.carillon.bench.history.History;
import dev.carillon.bench.history.Node;
import dev.carillon.bench.history.Operation;
import dev.carillon.bench.history.Users;
import dev.carillon.bench.history.Violation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/failover.sh}: takes the primary of a cluster away under load, and checks that nothing that was answered is lost. */
@Command(name = "failover", mixinStandardHelpOptions = true, description = "Takes the primary of a cluster away under load.")
public final class FailoverBench implements Callable<Integer> {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final Duration STEADY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    /** Answers to writes that make a service that is back. */
    private static final int ENOUGH = 20;

    @Option(names = "--member", required = true, description = "The script that does things to servers.")
    private Path member;

    @Option(names = "--api", required = true)
    private URI api;

    @Option(names = "--customer-uuid", required = true)
    private String customer;

    @Option(names = "--api-key", required = true)
    private String key;

    @Option(names = "--history", required = true, description = "The file for all requests and answers.")
    private Path file;

    @Option(names = "--kills", description = "How often; every fifth is frozen instead. Default: ${DEFAULT-VALUE}.")
    private int kills = 10;

    @Option(names = "--users", description = "At once. Default: ${DEFAULT-VALUE}.")
    private int users = 16;

    @SuppressWarnings("NullAway.Init") // what picocli sets
    private FailoverBench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FailoverBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        Cluster cluster = new Cluster(member);
        Account account = new Account(customer, key);
        Supplier<List<Node>> nodes = () -> List.of(new Node("proxy", api));
        List<Loss> losses = new ArrayList<>();
        try (History history = History.write(file)) {
            for (int number = 1; number <= kills; number++) {
                Cluster.await(RECOVERY, "a whole cluster", cluster::isWhole);
                losses.add(lose(number, cluster, history, account, nodes));
            }
            Cluster.await(RECOVERY, "a whole cluster", cluster::isWhole);
            say("asking for everything once more");
            new Examination(history, account, nodes, Duration.ofMinutes(1)).run(true);
            List<Exchange> exchanges = history.exchanges();
            List<Violation> violations = new ArrayList<>(Checker.check(exchanges));
            violations.addAll(Checker.unsent(exchanges));
            report(losses, exchanges, violations);
            return violations.isEmpty() ? 0 : 1;
        }
    }

    private Loss lose(int number, Cluster cluster, History history, Account account, Supplier<List<Node>> nodes)
            throws InterruptedException, TimeoutException {
        String deed = number % 5 == 0 ? "freeze" : "kill";
        int primary = cluster.primary();
        Users.Plan plan = new Users.Plan(users, 4, PATIENCE, Duration.ofMillis(50), 7_919L * number);
        long from = history.now();
        long begun;
        long done;
        Duration promoted;
        try (Users _ = Users.start(history, account, nodes, plan)) {
            Thread.sleep(STEADY);
            begun = history.now();
            history.note(deed + " pg" + primary);
            say(number + ": " + deed + " pg" + primary);
            cluster.act(deed, primary);
            done = history.now();
            Cluster.await(RECOVERY, "another primary", () -> isOther(cluster.primary(), primary));
            promoted = Duration.ofNanos(history.now() - done);
            Cluster.await(RECOVERY, "service", () -> served(history, done) >= ENOUGH);
            Thread.sleep(STEADY);
        }
        long to = history.now();
        // The one that was frozen comes back while the others serve, and must not do any harm.
        cluster.act(deed.equals("freeze") ? "thaw" : "start", primary);
        return new Loss(number, deed, from, begun, done, to, promoted);
    }

    private static boolean isOther(int now, int before) {
        return now != 0 && now != before;
    }

    private static long served(History history, long after) {
        return history.exchanges().stream()
                .filter(exchange -> exchange.from() >= after
                        && exchange.operation() != Operation.STATUS
                        && exchange.outcome() == Outcome.ANSWERED)
                .count();
    }

    private static void report(List<Loss> losses, List<Exchange> exchanges, List<Violation> violations) {
        System.out.println("| | primary | another primary after, s | without service, s | requests | answered | refused | unknown | lost |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (Loss loss : losses) {
            List<Exchange> of = loss.of(exchanges);
            long lost = violations.stream()
                    .filter(violation -> of.stream().anyMatch(exchange -> isAbout(exchange, violation)))
                    .count();
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %s | %.1f | %.1f | %d | %d | %d | %d | %d |%n",
                    loss.number(),
                    loss.deed().equals("freeze") ? "frozen (SIGSTOP)" : "killed (SIGKILL)",
                    seconds(loss.promoted()),
                    seconds(loss.outage(of)),
                    of.size(),
                    Loss.count(of, Outcome.ANSWERED),
                    Loss.count(of, Outcome.REFUSED),
                    Loss.count(of, Outcome.UNKNOWN),
                    lost);
        }
        System.out.printf(
                "%n%d requests in all, with those that looked for losses at the end; %d promises broken.%n",
                exchanges.size(), violations.size());
        violations.forEach(violation -> System.out.println("- " + violation));
    }

    private static boolean isAbout(Exchange exchange, Violation violation) {
        return violation.about().equals(exchange.verification())
                || violation.about().equals(exchange.number())
                || (exchange.operation() == Operation.CREATE && exchange.body().contains(violation.about()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static void say(String what) {
        System.err.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + " " + what);
    }
}
