// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a server under load, restored, has everything that was answered before it was begun. */
class BackupIT {
    private static final int THREADS = 8;

    @TempDir
    Path folder;

    /** What a user was answered. */
    private record Told(String phone, String id, String code, String check) {}

    @Test
    void aBackupUnderLoadHasAllThatWasAnsweredBefore() throws Exception {
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        Customer customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        Path backup = folder.resolve("backup.db");
        List<Told> before = backUpUnderLoad(installation, customer, backup);
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".partial"));
        }
        everyRefusalSaysWhy(installation, backup);

        Installation restored = new Installation(folder.resolve("restored"), Optional.empty());
        restored.run(
                "restore", backup.toString(), "--master-key", key(installation).toString());
        assertThat(Files.getPosixFilePermissions(restored.data()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.readString(key(restored))).isEqualTo(Files.readString(key(installation)));
        try (CarillonProcess server = restored.serve();
                Ding ding = new Ding(server, customer)) {
            for (Told told : before) {
                everythingIsThere(ding, told);
            }
        }
        assertThat(restored.run("balance", "verify").path("accounts").isNumber())
                .isTrue();
    }

    /** Returns what was answered before the backup was begun; users go on until after its end. */
    private static List<Told> backUpUnderLoad(Installation installation, Customer customer, Path backup)
            throws Exception {
        Queue<Told> told = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger numbers = new AtomicInteger();
        try (CarillonProcess server = installation.serve();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> users = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                users.add(threads.submit(user(server, customer, numbers, told, stop)));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> told.size() > 60);
            List<Told> before = List.copyOf(told);
            try {
                assertThat(installation
                                .run("backup", backup.toString())
                                .path("bytes")
                                .asLong())
                        .isEqualTo(Files.size(backup));
                int during = told.size();
                await().atMost(Duration.ofSeconds(60)).until(() -> told.size() > during);
            } finally {
                stop.set(true);
            }
            for (Future<Integer> user : users) {
                assertThat(user.get()).isPositive();
            }
            assertThat(told).hasSizeGreaterThan(before.size());
            return before;
        }
    }

    /** One user after the other; all are answered, whatever is being copied meanwhile. */
    private static Callable<Integer> user(
            CarillonProcess server, Customer customer, AtomicInteger numbers, Queue<Told> told, AtomicBoolean stop) {
        return () -> {
            int users = 0;
            try (Ding ding = new Ding(server, customer);
                    Operator operator = new Operator(server)) {
                while (!stop.get()) {
                    String phone = "+3367%07d".formatted(numbers.incrementAndGet() * 7919L);
                    Answer created = ding.create(phone);
                    assertThat(created.status()).as(created.text()).isEqualTo(200);
                    String id = created.field("authentication_uuid");
                    String code = operator.code(phone, 1);
                    // Every third has not answered yet.
                    String check = users % 3 == 0 ? "" : ding.check(id, code).field("status");
                    told.add(new Told(phone, id, code, check));
                    users++;
                }
            }
            return users;
        };
    }

    private static void everythingIsThere(Ding ding, Told told) throws IOException {
        Answer status = ding.status(told.id());
        assertThat(status.status()).as(told + ": " + status.text()).isEqualTo(200);
        assertThat(status.field("phone_number")).isEqualTo(told.phone());
        // What was accepted stays accepted, and what was not can be: no code is lost, none is good twice.
        assertThat(ding.check(told.id(), told.code()).field("status"))
                .as(told + ": " + status.text())
                .isEqualTo(told.check().isEmpty() ? "valid" : "already_validated");
    }

    private void everyRefusalSaysWhy(Installation installation, Path backup) throws Exception {
        refused(installation, Map.of(), "exists already", "backup", backup.toString());
        refused(installation, Map.of(), "has a store already", "restore", backup.toString());
        Installation empty = new Installation(folder.resolve("empty"), Optional.empty());
        refused(
                empty,
                Map.of(),
                "there is no store at",
                "backup",
                folder.resolve("other.db").toString());
        refused(empty, Map.of(), "without its master secret a backup is worth nothing", "restore", backup.toString());
        refused(
                empty,
                Map.of("CARILLON_MASTER_SECRET", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="),
                "the master secret does not open this store",
                "restore",
                backup.toString());
        Path damaged = Files.write(folder.resolve("damaged.db"), new byte[5_000]);
        String key = key(installation).toString();
        refused(empty, Map.of(), "damaged", "restore", damaged.toString(), "--master-key", key);
        byte[] cut = Files.readAllBytes(backup);
        Files.write(damaged, Arrays.copyOf(cut, cut.length / 2));
        refused(empty, Map.of(), "damaged", "restore", damaged.toString(), "--master-key", key);
        assertThat(empty.data().resolve("carillon.db")).doesNotExist();
    }

    private static void refused(
            Installation installation, Map<String, String> environment, String because, String... words)
            throws IOException, InterruptedException {
        Program.Output output = installation.tryToRun(environment, words);
        assertThat(output.code()).as(output.err()).isEqualTo(1);
        assertThat(output.err()).contains(because).hasLineCount(1);
    }

    private static Path key(Installation installation) {
        return installation.data().resolve("master.key");
    }
}
