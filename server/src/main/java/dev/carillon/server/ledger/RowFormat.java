// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.Counter;
import dev.carillon.core.guard.NumberBlock;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.NumberRecord;
import dev.carillon.core.verification.NumberRecord.LastCreate;
import dev.carillon.core.verification.NumberRecord.Refused;
import dev.carillon.core.verification.Replay;
import dev.carillon.core.verification.Verification;
import java.time.Instant;
import java.util.UUID;

/**
 * How one kind of thing is a row.
 *
 * <p>Each body begins with the number of its form, so that a later version reads what an earlier one wrote.
 *
 * @param <T> the thing
 */
abstract class RowFormat<T> {
    private static final int FORM = 1;

    final RowKind kind;

    private RowFormat(RowKind kind) {
        this.kind = kind;
    }

    /** When the row means nothing more. */
    abstract Instant expiresAt(T value);

    abstract void write(RowWriter to, T value);

    abstract T read(RowReader from, UUID key);

    final Row row(UUID key, T value) {
        RowWriter writer = new RowWriter().number(FORM);
        write(writer, value);
        return new Row(key, writer.toBytes(), expiresAt(value));
    }

    final T read(UUID key, byte[] body) {
        return RowReader.read(body, reader -> {
            long form = reader.number();
            if (form != FORM) {
                throw new StoreException("a row has form " + form + ", which this version cannot read", null);
            }
            return read(reader, key);
        });
    }

    static final RowFormat<Verification> VERIFICATION = new RowFormat<>(RowKind.VERIFICATION) {
        @Override
        Instant expiresAt(Verification value) {
            return Instant.MAX; // verifications go by the age of their id
        }

        @Override
        void write(RowWriter to, Verification value) {
            VerificationFormat.write(to, value);
        }

        @Override
        Verification read(RowReader from, UUID key) {
            return VerificationFormat.read(from, key);
        }
    };

    static final RowFormat<NumberRecord> NUMBER = new RowFormat<>(RowKind.NUMBER) {
        @Override
        Instant expiresAt(NumberRecord value) {
            Instant sent = value.last().map(LastCreate::at).orElse(Instant.EPOCH);
            Instant refused = value.refused().map(Refused::at).orElse(Instant.EPOCH);
            return (sent.isAfter(refused) ? sent : refused).plus(NumberRecord.MEMORY);
        }

        @Override
        void write(RowWriter to, NumberRecord value) {
            to.uuid(value.newest())
                    .optional(value.latest(), to::uuid)
                    .optional(value.last(), last -> to.fixed(last.fingerprint()).instant(last.at()))
                    .optional(value.refused(), refused -> {
                        to.uuid(refused.verification()).instant(refused.at());
                        writeRefusal(to, refused.refusal());
                    })
                    .instant(value.hour().spentUntil())
                    .instant(value.day().spentUntil());
        }

        @Override
        NumberRecord read(RowReader from, UUID key) {
            return new NumberRecord(
                    from.uuid(),
                    from.optional(from::uuid),
                    from.optional(() -> new LastCreate(from.fixed(), from.instant())),
                    from.optional(() -> new Refused(from.uuid(), from.instant(), readRefusal(from))),
                    new Allowance(from.instant()),
                    new Allowance(from.instant()));
        }
    };

    static final RowFormat<Counter> COUNTER = new RowFormat<>(RowKind.COUNTER) {
        private static final int ALLOWANCE = 0;
        private static final int BLOCK = 1;

        @Override
        Instant expiresAt(Counter value) {
            return value.expiresAt();
        }

        @Override
        void write(RowWriter to, Counter value) {
            switch (value) {
                case Allowance allowance -> to.number(ALLOWANCE).instant(allowance.spentUntil());
                case NumberBlock block ->
                    to.number(BLOCK).list(block.unverified(), entry -> to.number(entry.member())
                            .instant(entry.at()));
            }
        }

        @Override
        Counter read(RowReader from, UUID key) {
            return switch ((int) from.number()) {
                case ALLOWANCE -> new Allowance(from.instant());
                case BLOCK ->
                    new NumberBlock(from.list(() -> new NumberBlock.Entry((int) from.number(), from.instant())));
                default -> throw new IllegalArgumentException("no such counter");
            };
        }
    };

    static final RowFormat<Replay> REPLAY = new RowFormat<>(RowKind.REPLAY) {
        @Override
        Instant expiresAt(Replay value) {
            return value.expiresAt();
        }

        @Override
        void write(RowWriter to, Replay value) {
            CreateReply.Answered answer = value.answer();
            to.fixed(value.fingerprint())
                    .instant(value.expiresAt())
                    .uuid(answer.verification())
                    .optional(answer.refusal(), refusal -> writeRefusal(to, refusal))
                    .instant(answer.createdAt())
                    .optional(answer.expiresAt(), to::instant);
        }

        @Override
        Replay read(RowReader from, UUID key) {
            long fingerprint = from.fixed();
            Instant expiresAt = from.instant();
            CreateReply.Answered answer = new CreateReply.Answered(
                    from.uuid(), from.optional(() -> readRefusal(from)), from.instant(), from.optional(from::instant));
            return new Replay(fingerprint, answer, expiresAt);
        }
    };

    static void writeRefusal(RowWriter to, Refusal refusal) {
        to.constant(refusal.kind()).text(refusal.rule()).optional(refusal.availableAt(), to::instant);
    }

    static Refusal readRefusal(RowReader from) {
        return new Refusal(from.constant(Refusal.Kind.values()), from.text(), from.optional(from::instant));
    }
}
