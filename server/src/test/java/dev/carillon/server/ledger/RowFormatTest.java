// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.core.balance.Stripe;
import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.Counter;
import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.NumberRecord;
import dev.carillon.core.verification.Reference;
import dev.carillon.core.verification.Replay;
import dev.carillon.core.verification.Verification;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowFormatTest {
    private static final UUID KEY = new UUID(0x0123456789abcdefL, 0x0123456789abcdefL);

    /** A thing with the format of its kind. */
    record Sample<T>(RowFormat<T> format, UUID key, T value) {
        byte[] body() {
            return format.row(key, value).body();
        }

        T read(byte[] body) {
            return format.read(key, body);
        }
    }

    @Property(tries = 400)
    void verificationsAreReadAsTheyWereWritten(@ForAll("verifications") Verification value) {
        assertRoundTrip(new Sample<>(RowFormat.VERIFICATION, value.id(), value));
    }

    @Property(tries = 300)
    void numbersAreReadAsTheyWereWritten(@ForAll("numbers") NumberRecord value) {
        assertRoundTrip(new Sample<>(RowFormat.NUMBER, KEY, value));
    }

    @Property(tries = 300)
    void countersAreReadAsTheyWereWritten(@ForAll("counters") Counter value) {
        assertRoundTrip(new Sample<>(RowFormat.COUNTER, KEY, value));
    }

    @Property(tries = 300)
    void replaysAreReadAsTheyWereWritten(@ForAll("replays") Replay value) {
        assertRoundTrip(new Sample<>(RowFormat.REPLAY, KEY, value));
    }

    @Property(tries = 300)
    void stripesAreReadAsTheyWereWritten(@ForAll("stripes") Stripe value) {
        assertRoundTrip(new Sample<>(RowFormat.STRIPE, KEY, value));
    }

    @Property(tries = 300)
    void referencesAreReadAsTheyWereWritten(@ForAll("references") Reference value) {
        assertRoundTrip(new Sample<>(RowFormat.REFERENCE, KEY, value));
    }

    /** As version 0.1 wrote it: an attempt had a channel and a sender, and a report no more than a status. */
    @Test
    void aVerificationOfTheFirstFormIsReadStill() {
        Instant time = Instant.parse("2026-11-22T10:00:00Z");
        RowWriter old = new RowWriter().number(1);
        old.uuid(KEY).instant(time).optional(Optional.of(time.plusSeconds(600)), old::instant);
        old.optional(Optional.<UUID>empty(), old::uuid)
                .optional(Optional.<UUID>empty(), old::uuid)
                .flag(false)
                .uuid(KEY)
                .number(7)
                .bytes(new byte[] {1, 2})
                .number(2);
        old.number(0).instant(time).uuid(KEY).number(1).constant(Channel.SMS).text("Acme");
        old.optional(Optional.<UUID>empty(), old::uuid).optional(Optional.<UUID>empty(), old::uuid);
        old.number(1).instant(time).number(1).constant(DeliveryStatus.DELIVERED).instant(time);

        Verification read = RowFormat.VERIFICATION.read(KEY, old.toBytes());

        assertThat(read.hop(read.attempts().getFirst())).isEqualTo(new Hop(Channel.SMS, "simulator", "Acme"));
        assertThat(read.delivery(1)).contains(DeliveryStatus.DELIVERED);
        assertRoundTrip(new Sample<>(RowFormat.VERIFICATION, KEY, read));
    }

    /** As it was before there were prices: a hop had no cost, and a verification no terms. */
    @Test
    void aVerificationOfTheThirdFormIsReadStill() {
        Instant time = Instant.parse("2026-11-22T10:00:00Z");
        RowWriter old = new RowWriter().number(3);
        old.uuid(KEY).instant(time).optional(Optional.of(time.plusSeconds(600)), old::instant);
        old.optional(Optional.<UUID>empty(), old::uuid)
                .optional(Optional.<UUID>empty(), old::uuid)
                .flag(false)
                .uuid(KEY)
                .number(7)
                .bytes(new byte[] {1, 2})
                .optional(Optional.<UUID>empty(), old::uuid)
                .number(1);
        old.number(0).instant(time).uuid(KEY).number(1);
        old.number(1).constant(Channel.SMS).text("one").text("Acme").number(0).flag(false);
        old.optional(Optional.<UUID>empty(), old::uuid).optional(Optional.<UUID>empty(), old::uuid);

        Verification read = RowFormat.VERIFICATION.read(KEY, old.toBytes());

        assertThat(read.terms()).isEmpty();
        assertThat(read.hop(read.attempts().getFirst())).isEqualTo(new Hop(Channel.SMS, "one", "Acme"));
        assertRoundTrip(new Sample<>(RowFormat.VERIFICATION, KEY, read));
    }

    @Property(tries = 200)
    void aTruncatedRowIsRefused(@ForAll("samples") Sample<?> sample) {
        byte[] body = sample.body();
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> sample.read(cut));
        }
    }

    @Property(tries = 200)
    void aRowWithSomethingBehindItIsRefused(@ForAll("samples") Sample<?> sample, @ForAll byte more) {
        byte[] body = sample.body();
        byte[] longer = Arrays.copyOf(body, body.length + 1);
        longer[body.length] = more;
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> sample.read(longer));
    }

    /** There is no checksum, so that a flipped bit may go unseen; then the row is a whole one, which can be written again. */
    @Property(tries = 300)
    void aFlippedBitGivesAWholeRowOrARefusal(@ForAll("samples") Sample<?> sample) {
        byte[] body = sample.body();
        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] damaged = body.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertReadOrRefused(sample, damaged);
        }
    }

    @Property(tries = 1000)
    void anyBytesGiveAWholeRowOrARefusal(@ForAll("samples") Sample<?> sample, @ForAll byte[] garbage) {
        assertReadOrRefused(sample, garbage);
        byte[] started = garbage.clone();
        if (started.length > 0) {
            started[0] = 2; // the number of the form
            assertReadOrRefused(sample, started);
        }
    }

    @Property(tries = 100)
    void anotherFormIsRefusedByItsNumber(
            @ForAll("samples") Sample<?> sample, @ForAll @IntRange(min = 5, max = 9) int form) {
        byte[] body = sample.body();
        body[0] = (byte) (form << 1);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> sample.read(body))
                .withMessageContaining("form " + form);
    }

    @Test
    void aLengthThatLiesTakesNoMemory() {
        byte[] lie =
                new RowWriter().number(1).number(1).number(Integer.MAX_VALUE).toBytes();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> RowFormat.COUNTER.read(KEY, lie));
    }

    @Test
    void aNumbersRowOfTheFirstFormHasNoSighting() {
        Instant last = Instant.parse("2026-11-22T10:00:00Z");
        RowWriter old = new RowWriter();
        old.number(1)
                .uuid(KEY)
                .optional(Optional.of(KEY), old::uuid)
                .optional(Optional.of(last), at -> old.fixed(7).instant(at))
                .optional(Optional.empty(), _ -> {})
                .instant(last)
                .instant(last);
        NumberRecord read = RowFormat.NUMBER.read(KEY, old.toBytes());

        assertThat(read.last()).contains(new NumberRecord.LastCreate(7, last));
        assertThat(read.seen()).isEmpty();
        assertRoundTrip(new Sample<>(RowFormat.NUMBER, KEY, read));
    }

    @Test
    void aNumberIsRememberedThirtyDaysAfterItWasLastSeen() {
        Instant last = Instant.parse("2026-11-22T10:00:00Z");
        NumberRecord seen = new NumberRecord(
                KEY,
                Optional.of(KEY),
                Optional.of(new NumberRecord.LastCreate(1, last)),
                Optional.empty(),
                Allowance.FULL,
                Allowance.FULL,
                Optional.empty());
        assertThat(RowFormat.NUMBER.row(KEY, seen).expiresAt()).isEqualTo(last.plus(NumberRecord.MEMORY));
    }

    private static <T> void assertRoundTrip(Sample<T> sample) {
        byte[] body = sample.body();
        T read = sample.read(body);
        assertThat(read).isEqualTo(sample.value());
        assertThat(new Sample<>(sample.format(), sample.key(), read).body()).isEqualTo(body);
    }

    private static <T> void assertReadOrRefused(Sample<T> sample, byte[] damaged) {
        try {
            T read = sample.read(damaged);
            byte[] again = new Sample<>(sample.format(), sample.key(), read).body();
            assertThat(sample.read(again)).isEqualTo(read);
        } catch (StoreException refused) {
            assertThat(refused).hasMessageStartingWith("a row");
        }
    }

    @Provide
    Arbitrary<Verification> verifications() {
        return RowFormatSamples.verifications();
    }

    @Provide
    Arbitrary<NumberRecord> numbers() {
        return RowFormatSamples.numbers();
    }

    @Provide
    Arbitrary<Counter> counters() {
        return RowFormatSamples.counters();
    }

    @Provide
    Arbitrary<Replay> replays() {
        return RowFormatSamples.replays();
    }

    @Provide
    Arbitrary<Stripe> stripes() {
        return RowFormatSamples.stripes();
    }

    @Provide
    Arbitrary<Reference> references() {
        return RowFormatSamples.references();
    }

    @Provide
    Arbitrary<Sample<?>> samples() {
        return Arbitraries.oneOf(
                RowFormatSamples.verifications().map(value -> new Sample<>(RowFormat.VERIFICATION, value.id(), value)),
                RowFormatSamples.numbers().map(value -> new Sample<>(RowFormat.NUMBER, KEY, value)),
                RowFormatSamples.references().map(value -> new Sample<>(RowFormat.REFERENCE, KEY, value)),
                RowFormatSamples.stripes().map(value -> new Sample<>(RowFormat.STRIPE, KEY, value)),
                RowFormatSamples.counters().map(value -> new Sample<>(RowFormat.COUNTER, KEY, value)),
                RowFormatSamples.paidAnswers().map(value -> new Sample<>(RowFormat.PAID_ANSWER, KEY, value)),
                RowFormatSamples.replays().map(value -> new Sample<>(RowFormat.REPLAY, KEY, value)));
    }
}
