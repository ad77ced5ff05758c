// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import static dev.carillon.server.secret.TestDatabase.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.ledger.StoreException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowKeysTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:20:30Z");
    private static final Instant END = Instant.parse("2026-05-04T10:30:30Z");
    /** The end of the minute of {@link #END}, and one minute of grace. */
    private static final Instant SHREDDED = Instant.parse("2026-05-04T10:32:00Z");

    private static final byte[] CODE = utf8("Your code is 123456");
    private static final UUID ID = UUID.fromString("019c1111-2222-4333-8444-555566667777");

    @TempDir
    Path folder;

    private TestDatabase database;
    private Keyring keyring;

    @BeforeEach
    void create() {
        database = TestDatabase.sqlite(folder);
        keyring = Keyring.load(database, new MasterSecretSource(Optional.empty(), folder), new TestClock());
    }

    private WindowKeys load(Instant now) {
        return WindowKeys.load(database, keyring, now);
    }

    private List<byte[]> rows(Instant end) {
        return database.write(connection -> {
            List<byte[]> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(
                            "SELECT sealed FROM window_key WHERE minute = " + Math.ceilDiv(end.getEpochSecond(), 60))) {
                while (result.next()) {
                    rows.add(result.getBytes(1));
                }
            }
            return rows;
        });
    }

    @Test
    void whatIsSealedOnOneNodeOpensOnAnother() {
        byte[] blob = load(NOW).seal(CODE, END, ID);
        assertThat(load(NOW).open(blob, ID))
                .hasValueSatisfying(text -> assertThat(text).isEqualTo(CODE));
    }

    @Test
    void whetherTheyServeIsKnownAfterTheClockWasSet() {
        WindowKeys keys = load(NOW);
        assertThat(keys.serves(NOW)).isTrue();
        assertThat(keys.serves(NOW.plus(Duration.ofMinutes(5)))).isTrue();
        for (Duration set : List.of(Duration.ofHours(2), Duration.ofHours(-2))) {
            Instant then = NOW.plus(set);
            assertThat(keys.serves(then)).as("%s", set).isFalse();
            keys.maintain(then);
            assertThat(keys.serves(then)).as("%s", set).isTrue();
        }
    }

    @Test
    void sealingIsAPureFunction() {
        WindowKeys keys = load(NOW);
        byte[] blob = keys.seal(CODE, END, ID);
        for (int i = 0; i < 100; i++) {
            assertThat(keys.seal(CODE, END, ID)).isEqualTo(blob);
        }
        assertThat(load(NOW).seal(CODE, END, ID)).isEqualTo(blob);
        assertThat(keys.seal(CODE, END, UUID.randomUUID())).isNotEqualTo(blob);
        assertThat(keys.seal(CODE, END.plusSeconds(60), ID)).isNotEqualTo(blob);
    }

    @Test
    void nothingThatWasChangedOpens() {
        WindowKeys keys = load(NOW);
        byte[] blob = keys.seal(CODE, END, ID);
        for (int bit = 0; bit < blob.length * 8; bit++) {
            byte[] changed = blob.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(opens(keys, changed, ID)).isFalse();
        }
        for (int length = 0; length < blob.length; length++) {
            assertThat(opens(keys, Arrays.copyOf(blob, length), ID)).isFalse();
        }
        assertThat(opens(keys, blob, UUID.randomUUID())).isFalse();
        assertThat(opens(keys, blob, ID)).isTrue();
    }

    private static boolean opens(WindowKeys keys, byte[] blob, UUID id) {
        try {
            return keys.open(blob, id).isPresent();
        } catch (UnreadableException e) {
            return false;
        }
    }

    @Test
    void theKeyOutlivesTheWindowByTheGraceOnly() throws Exception {
        WindowKeys keys = load(NOW);
        byte[] blob = keys.seal(CODE, END, ID);
        byte[] row = rows(END).getFirst();

        keys.maintain(SHREDDED.minusMillis(1));
        assertThat(keys.open(blob, ID)).isPresent();

        WindowKeys another = load(NOW);
        keys.maintain(SHREDDED);
        assertThat(keys.open(blob, ID)).isEmpty();
        assertThat(rows(END)).isEmpty();
        // A node started later, and one that was behind, are no way back, whatever the clock says.
        assertThat(load(SHREDDED).open(blob, ID)).isEmpty();
        another.maintain(SHREDDED);
        assertThat(another.open(blob, ID)).isEmpty();
        database.execute("SELECT 1");
        assertThat(TestDatabase.holds(folder, row)).isFalse();
    }

    @Test
    void aKeyMadeAgainIsAnotherKey() {
        byte[] blob = load(NOW).seal(CODE, END, ID);
        load(SHREDDED);
        WindowKeys withClockSetBack = load(NOW);
        assertThat(withClockSetBack.open(blob, ID)).isEmpty();
    }

    @Test
    void thereAreKeysForTheLongestWindowEvenWhenUpkeepIsLate() {
        WindowKeys keys = load(NOW);
        Instant late = NOW.plus(Duration.ofMinutes(5));
        byte[] blob = keys.seal(CODE, late.plus(Duration.ofMinutes(60)), ID);
        assertThat(keys.open(blob, ID)).isPresent();
        assertThat(keys.open(keys.seal(CODE, NOW, ID), ID)).isPresent();
    }

    @Test
    void aTimeWithoutKeyIsRefused() {
        WindowKeys keys = load(NOW);
        assertThatThrownBy(() -> keys.seal(CODE, NOW.plus(Duration.ofMinutes(67)), ID))
                .isInstanceOf(NoWindowKeyException.class)
                .hasMessageContaining("no window key for 2026-05-04T11:27:30Z");
        assertThatThrownBy(() -> keys.seal(CODE, NOW.minus(Duration.ofMinutes(2)), ID))
                .isInstanceOf(NoWindowKeyException.class);
    }

    @Test
    void aMinuteBelongsToItsEnd() {
        WindowKeys keys = load(NOW);
        Instant minute = Instant.parse("2026-05-04T10:25:00Z");
        byte[] exact = keys.seal(CODE, minute, ID);
        assertThat(keys.seal(CODE, minute.minusMillis(59_999), ID)).isEqualTo(exact);
        assertThat(keys.seal(CODE, minute.plusMillis(1), ID)).isNotEqualTo(exact);
    }

    @Test
    void aNodeBehindReadsWhatOneAheadSealed() {
        WindowKeys behind = load(NOW);
        Instant ahead = NOW.plus(Duration.ofMinutes(1));
        byte[] blob = load(ahead).seal(CODE, NOW.plus(Duration.ofMinutes(66)), ID);
        assertThat(behind.open(blob, ID)).isPresent();
    }

    @Test
    void keysInMemoryAreForgottenEvenWhenTheDatabaseIsGone() {
        WindowKeys keys = load(NOW);
        byte[] blob = keys.seal(CODE, END, ID);
        byte[] later = keys.seal(CODE, END.plusSeconds(600), ID);
        database.fail(true);
        assertThatThrownBy(() -> keys.maintain(SHREDDED)).isInstanceOf(StoreException.class);
        assertThat(keys.open(blob, ID)).isEmpty();
        assertThat(keys.open(later, ID)).isPresent();
    }

    @Test
    void nodesThatStartAtOnceShareTheirKeys() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> starts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                starts.add(() -> load(NOW).seal(CODE, END, ID));
            }
            for (Future<byte[]> blob : threads.invokeAll(starts)) {
                assertThat(blob.get()).isEqualTo(load(NOW).seal(CODE, END, ID));
            }
        }
    }

    @Test
    void keysSurviveARotationOfTheKeyring() {
        WindowKeys keys = load(NOW);
        byte[] blob = keys.seal(CODE, END, ID);
        keyring.rotate();
        assertThat(load(NOW).open(blob, ID)).isPresent();
    }
}
