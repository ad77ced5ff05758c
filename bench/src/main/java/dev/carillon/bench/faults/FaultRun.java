// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.bench.PhoneNumbers;
import dev.carillon.bench.history.Account;
import dev.carillon.bench.history.Checker;
import dev.carillon.bench.history.Examination;
import dev.carillon.bench.history.Exchange;
import dev.carillon.bench.history.History;
import dev.carillon.bench.history.Survey;
import dev.carillon.bench.history.Users;
import dev.carillon.bench.history.Violation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One fault after the other on one site. A cycle is: users at work, the fault, users at work again, the examination, the checker.
 */
final class FaultRun {
    private static final int CONTESTED = 3;

    /** How long the server may take to recover, and to send what a process that died has left. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Site site;
    private final Account account;
    private final Path histories;
    private final Survey survey = new Survey();
    private final PhoneNumbers numbers;
    private final int users;
    private boolean timeMoved;

    /** @param users who are at work at the same time */
    FaultRun(Site site, Path histories, int users, long seed) throws IOException, InterruptedException {
        this.numbers = new PhoneNumbers(new SplittableRandom(seed));
        this.site = site;
        this.users = users;
        this.histories = Files.createDirectories(histories);
        this.account = site.createAccount();
    }

    /** Runs the cycles, fewer when one finds a violation. */
    Result run(Fault fault, int cycles, long seed) throws IOException, InterruptedException {
        site.use(fault.start(site));
        timeMoved |= fault.movesTime();
        Result result = new Result(site.engine(), fault.name());
        for (int cycle = 1; cycle <= cycles && result.violations().isEmpty(); cycle++) {
            cycle(
                    fault,
                    new SplittableRandom(31 * (seed + cycle) + fault.name().hashCode()),
                    file(fault.name(), "" + cycle),
                    result);
        }
        return result;
    }

    private Path file(String fault, String name) {
        return histories.resolve(site.engine() + "-" + fault + "-" + name + ".jsonl");
    }

    private void cycle(Fault fault, SplittableRandom random, Path file, Result result)
            throws IOException, InterruptedException {
        try (History history = History.write(file)) {
            Users.Plan plan =
                    new Users.Plan(users, CONTESTED, Duration.ofSeconds(20), Duration.ofMillis(2), random.nextLong());
            try (Users _ = Users.start(history, account, site::nodes, plan, numbers)) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 600));
                history.note(fault.name());
                fault.strike(site, random);
                history.note("over");
                TimeUnit.MILLISECONDS.sleep(200);
            }
            long loaded = history.now();
            List<Violation> violations = new ArrayList<>(examine(history));
            List<Exchange> exchanges = history.exchanges();
            survey.remember(exchanges);
            result.count(exchanges, loaded, violations, file);
        }
        deleteIfClean(file, result);
    }

    private List<Violation> examine(History history) throws InterruptedException {
        try {
            new Examination(history, account, site::nodes, PATIENCE).run(false);
        } catch (IllegalStateException e) {
            return List.of(
                    new Violation("the server did not recover", history.file().toString(), e.toString()));
        }
        List<Violation> violations = Checker.check(history.exchanges());
        boolean answered =
                history.exchanges().stream().anyMatch(exchange -> exchange.outcome() == Exchange.Outcome.ANSWERED);
        return answered
                ? violations
                : List.of(new Violation("nothing was answered", history.file().toString(), "it proves nothing"));
    }

    /** Reads again all that the cycles have proven, waits for the messages, and holds the books against it. */
    Result survey() throws IOException, InterruptedException {
        Result result = new Result(site.engine(), "survey of all");
        Path file = file("survey", "of-" + survey.size());
        try (History history = History.write(file)) {
            List<Violation> violations =
                    new ArrayList<>(survey.run(history, account, site::nodes, PATIENCE, timeMoved));
            violations.addAll(books());
            result.count(history.exchanges(), 0, violations, file);
        }
        deleteIfClean(file, result);
        return result;
    }

    /** The sum of all entries is the balance, and so is the sum of what the stories tell. */
    private List<Violation> books() throws IOException, InterruptedException {
        try {
            site.run("balance", "verify", "--json");
        } catch (IOException e) {
            return List.of(new Violation("the books do not add up", account.customerUuid(), e.toString()));
        }
        JsonNode shown = site.run("balance", "show", account.customerUuid(), "--json");
        BigDecimal balance = new BigDecimal(shown.path("balance").asText());
        return timeMoved || balance.compareTo(survey.balance()) == 0
                ? List.of()
                : List.of(new Violation(
                        "the books tell another story",
                        account.customerUuid(),
                        balance + " but the stories " + survey.balance()));
    }

    private static void deleteIfClean(Path file, Result result) throws IOException {
        if (result.violations().isEmpty()) {
            Files.deleteIfExists(file);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void deleteAll(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
