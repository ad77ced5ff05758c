// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import static dev.carillon.server.secret.TestDatabase.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
    private static final byte[] PLACE = utf8("verification/1");
    private static final byte[] PLAINTEXT = utf8("+14155550123");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestDatabase database;
    private MasterSecretSource file;

    @BeforeEach
    void create() {
        database = TestDatabase.sqlite(folder);
        file = new MasterSecretSource(Optional.empty(), folder);
    }

    private Keyring load() {
        return Keyring.load(database, file, clock);
    }

    private Keyring loadWith(MasterSecret secret) {
        return Keyring.load(database, new MasterSecretSource(Optional.of(secret.reveal()), folder), clock);
    }

    private static void assertUnreadable(Keyring keyring, byte[] blob, byte[] context) {
        assertThatThrownBy(() -> keyring.open(blob, context)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void whatIsSealedIsReadAfterARestart() {
        byte[] blob = load().seal(PLAINTEXT, PLACE);
        assertThat(load().open(blob, PLACE)).isEqualTo(PLAINTEXT);
        assertThat(blob).hasSize(PLAINTEXT.length + 43);
        byte[] empty = load().seal(new byte[0], new byte[0]);
        assertThat(load().open(empty, new byte[0])).isEmpty();
    }

    @Test
    void theSameTwiceGivesTwoBlobs() {
        Keyring keyring = load();
        Set<String> blobs = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            blobs.add(new String(keyring.seal(PLAINTEXT, PLACE), StandardCharsets.ISO_8859_1));
        }
        assertThat(blobs).hasSize(1000);
    }

    @Test
    void everyChangedBitIsRefused() {
        Keyring keyring = load();
        byte[] blob = keyring.seal(PLAINTEXT, PLACE);
        for (int bit = 0; bit < blob.length * 8; bit++) {
            byte[] changed = blob.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertUnreadable(keyring, changed, PLACE);
        }
    }

    @Test
    void everyCutAndEveryExtensionIsRefused() {
        Keyring keyring = load();
        byte[] blob = keyring.seal(PLAINTEXT, PLACE);
        for (int length = 0; length < blob.length; length++) {
            assertUnreadable(keyring, Arrays.copyOf(blob, length), PLACE);
        }
        assertUnreadable(keyring, Arrays.copyOf(blob, blob.length + 1), PLACE);
    }

    @Test
    void aBlobOpensNowhereElse() {
        Keyring keyring = load();
        byte[] blob = keyring.seal(PLAINTEXT, PLACE);
        assertUnreadable(keyring, blob, utf8("verification/2"));
        assertUnreadable(keyring, blob, new byte[0]);
    }

    @Test
    void theWrongMasterSecretIsRefused() {
        load();
        assertThatThrownBy(() -> loadWith(MasterSecret.random()))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("the master secret does not open this store");
    }

    @Test
    void aStoreWhoseMasterSecretIsGoneIsRefusedAndGetsNoOther() throws Exception {
        load();
        Files.delete(folder.resolve("master.key"));
        assertThatThrownBy(this::load)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("no master secret is given")
                .hasMessageContaining("CARILLON_MASTER_SECRET");
        assertThat(folder.resolve("master.key")).doesNotExist();
    }

    @Test
    void aChangedKeyringRowIsRefused() {
        load();
        database.execute("UPDATE keyring SET sealed = zeroblob(75)");
        assertThatThrownBy(this::load).isInstanceOf(SecretException.class);
    }

    @Test
    void keyringRowsCannotBeSwapped() {
        load().rotate();
        database.execute("UPDATE keyring SET generation = 3 WHERE generation = 1");
        database.execute("UPDATE keyring SET generation = 1 WHERE generation = 2");
        assertThatThrownBy(this::load).isInstanceOf(SecretException.class);
    }

    @Test
    void allWhoStartAtOnceShareTheFirstGeneration() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Keyring>> starts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                starts.add(() -> Keyring.load(TestDatabase.sqlite(folder), file, clock));
            }
            byte[] blob = load().seal(PLAINTEXT, PLACE);
            for (Future<Keyring> keyring : threads.invokeAll(starts)) {
                assertThat(keyring.get().open(blob, PLACE)).isEqualTo(PLAINTEXT);
                assertThat(keyring.get().lookup("number", PLAINTEXT)).isEqualTo(load().lookup("number", PLAINTEXT));
            }
        }
    }

    @Test
    void allWhoStartAtOnceOnAnEmptyStoreAgree() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<UUID>> starts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                starts.add(() ->
                        Keyring.load(TestDatabase.sqlite(folder), file, clock).lookup("number", PLAINTEXT));
            }
            Set<UUID> lookups = new HashSet<>();
            for (Future<UUID> lookup : threads.invokeAll(starts)) {
                lookups.add(lookup.get());
            }
            assertThat(lookups).hasSize(1);
        }
    }

    @Test
    void aNewGenerationIsTakenAfterItsDelayAndTheOldOneStillOpens() {
        Keyring keyring = load();
        byte[] old = keyring.seal(PLAINTEXT, PLACE);
        byte[] oldHash = keyring.hmac(1, utf8("123456"));
        UUID lookup = keyring.lookup("number", PLAINTEXT);

        assertThat(keyring.rotate()).isEqualTo(2);
        clock.advance(Duration.ofMillis(4999));
        assertThat(keyring.currentPepper()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(keyring.currentPepper()).isEqualTo(2);

        byte[] young = keyring.seal(PLAINTEXT, PLACE);
        assertThat(young[2]).isEqualTo((byte) 2);
        assertThat(keyring.open(old, PLACE)).isEqualTo(PLAINTEXT);
        assertThat(load().open(young, PLACE)).isEqualTo(PLAINTEXT);
        assertThat(keyring.hmac(2, utf8("123456"))).isNotEqualTo(oldHash);
        assertThat(keyring.hmac(1, utf8("123456"))).isEqualTo(oldHash);
        assertThat(load().lookup("number", PLAINTEXT)).isEqualTo(lookup);
    }

    @Test
    void aNodeMeetsAGenerationBeforeItHeardOfIt() {
        Keyring other = load();
        Keyring keyring = load();
        keyring.rotate();
        clock.advance(Keyring.ACTIVATION_DELAY);
        byte[] blob = keyring.seal(PLAINTEXT, PLACE);
        assertThat(other.open(blob, PLACE)).isEqualTo(PLAINTEXT);
        assertThat(other.hmac(2, PLAINTEXT)).isEqualTo(keyring.hmac(2, PLAINTEXT));
    }

    @Test
    void rotationsAtOnceAddOneGenerationEach() throws Exception {
        load();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> rotations = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                rotations.add(() -> load().rotate());
            }
            Set<Integer> numbers = new HashSet<>();
            for (Future<Integer> number : threads.invokeAll(rotations)) {
                numbers.add(number.get());
            }
            assertThat(numbers).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void anUnknownGenerationIsRefused() {
        assertThatThrownBy(() -> load().hmac(7, PLAINTEXT)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void aClockBeforeTheStoreStillFindsAGeneration() {
        load();
        clock.advance(Duration.ofDays(-1));
        assertThat(load().currentPepper()).isEqualTo(1);
    }

    @Test
    void anotherMasterSecretTakesOver() {
        Keyring keyring = load();
        keyring.rotate();
        clock.advance(Keyring.ACTIVATION_DELAY);
        byte[] blob = keyring.seal(PLAINTEXT, PLACE);
        MasterSecret next = MasterSecret.random();

        keyring.rewrap(next);

        assertThat(loadWith(next).open(blob, PLACE)).isEqualTo(PLAINTEXT);
        assertThat(loadWith(next).lookup("number")).isEqualTo(keyring.lookup("number"));
        assertThatThrownBy(this::load)
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("the master secret does not open this store");
        assertThat(keyring.rotate()).isEqualTo(3);
    }

    @Test
    void aNodeOnTheFormerMasterSecretServesButCannotRotate() {
        Keyring former = load();
        byte[] blob = former.seal(PLAINTEXT, PLACE);
        load().rewrap(MasterSecret.random());
        former.refresh();
        assertThat(former.open(blob, PLACE)).isEqualTo(PLAINTEXT);
        assertThatThrownBy(former::rotate).isInstanceOf(SecretException.class);
        assertThatThrownBy(() -> former.rewrap(MasterSecret.random())).isInstanceOf(SecretException.class);
    }

    @Test
    void hashesAreBoundToPurposeKeyAndParts() {
        Keyring keyring = load();
        assertThat(keyring.lookup("a", utf8("b"))).isNotEqualTo(keyring.lookup("ab"));
        assertThat(keyring.lookup("a", utf8("bc"))).isNotEqualTo(keyring.lookup("a", utf8("b"), utf8("c")));
        assertThat(keyring.hmac(1, utf8("b"), utf8("c")))
                .isNotEqualTo(keyring.hmac(1, utf8("bc")))
                .hasSize(32);
    }

    @Test
    void manyThreadsShareOneKeyring() throws Exception {
        Keyring keyring = load();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                byte[] text = TestDatabase.bytes(i);
                byte[] hash = keyring.hmac(1, text);
                all.add(() -> Arrays.equals(keyring.open(keyring.seal(text, PLACE), PLACE), text)
                        && Arrays.equals(keyring.hmac(1, text), hash));
            }
            for (Future<Boolean> each : threads.invokeAll(all)) {
                assertThat(each.get()).isTrue();
            }
        }
    }
}
