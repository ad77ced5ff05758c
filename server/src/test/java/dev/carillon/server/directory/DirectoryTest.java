// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.TestNumber;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.secret.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
    private static final String NUMBER = "+14155550123";

    @TempDir
    Path folder;

    private DirectoryFixture node;
    private DirectoryFixture other;

    @BeforeEach
    void create() {
        node = DirectoryFixture.on(TestDatabase.sqlite(folder), folder);
        other = DirectoryFixture.on(TestDatabase.sqlite(folder), folder);
    }

    private void letItBeSeen() {
        node.clock().advance(Directory.VISIBLE_AFTER);
    }

    @Test
    void aKeyNamesItsAccount() {
        DirectoryAdmin.CreatedAccount created = node.admin().create("Acme");
        Directory directory = node.directory();
        assertThat(created.key().text()).matches("ck_[A-Za-z0-9_-]{43}");
        assertThat(created.toString()).doesNotContain(created.key().text());
        assertThat(directory.authenticate(created.key().text()))
                .hasValueSatisfying(view -> assertThat(view.account()).isEqualTo(created.account()));
        assertThat(directory.account(created.account().id())).isPresent();
    }

    @Test
    void noOtherTextIsAKey() {
        String key = node.admin().create("Acme").key().text();
        Directory directory = node.directory();
        for (int i = 0; i < key.length(); i++) {
            String changed = key.substring(0, i) + (key.charAt(i) == 'A' ? 'B' : 'A') + key.substring(i + 1);
            assertThat(directory.authenticate(changed)).isEmpty();
        }
        for (String text : List.of("", "ck_", key + "A", key.substring(0, 45), " " + key, "ck_" + "é".repeat(43))) {
            assertThat(directory.authenticate(text)).isEmpty();
        }
    }

    @Test
    void whatOneNodeChangesTheOtherSees() {
        Directory directory = node.directory();
        DirectoryAdmin.CreatedAccount created = other.admin().create("Acme");
        UUID id = created.account().id();
        assertThat(directory.authenticate(created.key().text())).isEmpty();

        letItBeSeen();
        assertThat(directory.authenticate(created.key().text())).isPresent();

        other.admin().suspend(id);
        letItBeSeen();
        assertThat(directory.account(id).orElseThrow().account().suspended()).isTrue();
        assertThat(directory.authenticate(created.key().text())).isPresent();

        other.admin().resume(id);
        other.admin().updatePolicy(id, policy -> DirectoryFixture.withChecks(policy, 3));
        letItBeSeen();
        assertThat(directory.account(id).orElseThrow().account().suspended()).isFalse();
        assertThat(directory.account(id).orElseThrow().account().policy().maxChecks())
                .isEqualTo(3);

        TestNumber number = new TestNumber(NUMBER, "123456", TestNumber.Outcome.EXPIRED);
        other.admin().addTestNumber(id, number);
        other.admin().addBlock(id, BlockPattern.parse("+882*"));
        letItBeSeen();
        AccountView view = directory.account(id).orElseThrow();
        assertThat(view.testNumber(NUMBER)).contains(number);
        assertThat(view.testNumber("+14155550124")).isEmpty();
        assertThat(view.isBlocked("+88212345678")).isTrue();
        assertThat(view.isBlocked(NUMBER)).isFalse();

        other.admin().revokeKey(other.admin().keys(id).getFirst().id());
        letItBeSeen();
        assertThat(directory.authenticate(created.key().text())).isEmpty();
        assertThat(directory.account(id)).isPresent();
    }

    @Test
    void listsBelongToTheirAccountOnly() {
        UUID one = node.admin().create("One").account().id();
        UUID two = node.admin().create("Two").account().id();
        node.admin().addBlock(one, BlockPattern.parse(NUMBER));
        assertThat(node.directory().account(one).orElseThrow().isBlocked(NUMBER))
                .isTrue();
        assertThat(node.directory().account(two).orElseThrow().isBlocked(NUMBER))
                .isFalse();
        // Nor does it help to move a row to another account.
        node.database().execute("UPDATE list_entry SET account = '" + two + "'");
        assertThat(node.directory().account(two)).isEmpty();
        assertThat(node.directory().account(one)).isPresent();
    }

    @Test
    void aFloodOfUnknownKeysAsksTheStoreOnceInAnInterval() {
        Directory directory = node.directory();
        int before = node.database().transactions();
        for (int i = 0; i < 10_000; i++) {
            assertThat(directory.authenticate(ApiKey.random().text())).isEmpty();
        }
        assertThat(node.database().transactions()).isEqualTo(before);
        letItBeSeen();
        for (int i = 0; i < 10_000; i++) {
            assertThat(directory.authenticate(ApiKey.random().text())).isEmpty();
        }
        assertThat(node.database().transactions()).isEqualTo(before + 1);
    }

    @Test
    void manyReadersShareOneCheck() throws Exception {
        DirectoryAdmin.CreatedAccount created = node.admin().create("Acme");
        Directory directory = node.directory();
        other.admin().suspend(created.account().id());
        letItBeSeen();
        int before = node.database().transactions();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                readers.add(() -> directory
                        .authenticate(created.key().text())
                        .orElseThrow()
                        .account()
                        .suspended());
            }
            for (Future<Boolean> suspended : threads.invokeAll(readers)) {
                assertThat(suspended.get()).isTrue();
            }
        }
        // One look at the version and one load.
        assertThat(node.database().transactions()).isEqualTo(before + 2);
    }

    @Test
    void theLastSnapshotServesWhileTheDatabaseIsDown() {
        DirectoryAdmin.CreatedAccount created = node.admin().create("Acme");
        Directory directory = node.directory();
        other.admin().suspend(created.account().id());
        node.database().fail(true);
        for (int i = 0; i < 20; i++) {
            letItBeSeen();
            assertThat(directory.authenticate(created.key().text()))
                    .hasValueSatisfying(
                            view -> assertThat(view.account().suspended()).isFalse());
        }
        node.database().fail(false);
        Awaitility.await().untilAsserted(() -> {
            letItBeSeen();
            assertThat(directory.authenticate(created.key().text()))
                    .hasValueSatisfying(
                            view -> assertThat(view.account().suspended()).isTrue());
        });
    }

    @Test
    void aDatabaseThatHangsHoldsUpNobodyForLong() throws Exception {
        DirectoryAdmin.CreatedAccount created = node.admin().create("Acme");
        Directory directory = node.directory();
        CountDownLatch gate = new CountDownLatch(1);
        node.database().hang(gate);
        letItBeSeen();
        int before = node.database().transactions();
        long started = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            assertThat(directory.authenticate(created.key().text())).isPresent();
        }
        // All of them together wait once; the bound is wide for the sake of a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Directory.PATIENCE.multipliedBy(8));
        assertThat(node.database().transactions()).isLessThanOrEqualTo(before + 1);
        other.admin().suspend(created.account().id());
        gate.countDown();
        Awaitility.await().untilAsserted(() -> {
            letItBeSeen();
            assertThat(directory.authenticate(created.key().text()))
                    .hasValueSatisfying(
                            view -> assertThat(view.account().suspended()).isTrue());
        });
    }

    @Test
    void aStoreThatIsDownAtStartIsSaid() {
        node.database().fail(true);
        assertThatThrownBy(node::directory).isInstanceOf(StoreException.class);
    }

    @Test
    void aClockThatIsSetBackDoesNotFreezeTheDirectory() {
        Directory directory = node.directory();
        String key = other.admin().create("Acme").key().text();
        node.clock().advance(Duration.ofHours(-1));
        assertThat(directory.authenticate(key)).isPresent();
    }

    @Test
    void anAccountThatCannotBeReadIsRefusedAndHarmsNoOther() {
        UUID bad = node.admin().create("Bad").account().id();
        UUID good = node.admin().create("Good").account().id();
        node.database().execute("UPDATE account SET policy = '{\"window\":\"9d\"}' WHERE id = '" + bad + "'");
        assertThat(node.directory().account(bad)).isEmpty();
        assertThat(node.directory().account(good)).isPresent();
    }

    @Test
    void anUnknownStatusIsNotActive() {
        UUID id = node.admin().create("Acme").account().id();
        node.database().execute("UPDATE account SET status = 'closing'");
        assertThat(node.directory().account(id).orElseThrow().account().suspended())
                .isTrue();
    }

    @Test
    void listsAreReadAfterTheKeyringWasRotated() {
        UUID id = node.admin().create("Acme").account().id();
        node.admin().addBlock(id, BlockPattern.parse(NUMBER));
        Directory directory = node.directory();
        other.keyring().rotate();
        other.clock().advance(Duration.ofSeconds(10));
        other.admin().addBlock(id, BlockPattern.parse("+882*"));
        letItBeSeen();
        assertThat(directory.account(id).orElseThrow().isBlocked("+88212345678"))
                .isTrue();
        assertThat(directory.account(id).orElseThrow().isBlocked(NUMBER)).isTrue();
        // The same number still has the same id.
        other.admin().removeBlock(id, BlockPattern.parse(NUMBER));
    }

    @Test
    void awaitVisibleWaitsLongEnough() throws Exception {
        Directory directory = new Directory(node.database(), node.keyring(), InstantSource.system());
        for (int i = 0; i < 3; i++) {
            String key = other.admin()
                    .createKey(other.admin().create("Acme").account().id(), Optional.empty())
                    .key()
                    .text();
            assertThat(directory.authenticate(ApiKey.random().text())).isEmpty();
            other.admin().awaitVisible();
            assertThat(directory.authenticate(key)).isPresent();
        }
    }
}
