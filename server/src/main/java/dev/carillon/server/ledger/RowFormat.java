// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Share;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.Conversion;
import dev.carillon.core.guard.Counter;
import dev.carillon.core.guard.NumberBlock;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.NumberRecord;
import dev.carillon.core.verification.NumberRecord.LastCreate;
import dev.carillon.core.verification.NumberRecord.Refused;
import dev.carillon.core.verification.PaidAnswer;
import dev.carillon.core.verification.Reference;
import dev.carillon.core.verification.Replay;
import dev.carillon.core.verification.Sealed;
import dev.carillon.core.verification.Sighting;
import dev.carillon.core.verification.Verification;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How one kind of thing is a row.
 *
 * <p>Each body begins with the number of its form, so that a later version reads what an earlier one wrote.
 *
 * @param <T> the thing
 */
abstract class RowFormat<T> {
    final RowKind kind;
    /** The form that this version writes; it reads the earlier ones too. */
    private final int form;

    private RowFormat(RowKind kind, int form) {
        this.kind = kind;
        this.form = form;
    }

    /** When the row means nothing more. */
    abstract Instant expiresAt(T value);

    abstract void write(RowWriter to, T value);

    abstract T read(RowReader from, UUID key, int rowForm);

    final Row row(UUID key, T value) {
        RowWriter writer = new RowWriter().number(form);
        write(writer, value);
        return new Row(key, writer.toBytes(), expiresAt(value));
    }

    final T read(UUID key, byte[] body) {
        return RowReader.read(body, reader -> {
            long found = reader.number();
            if (found < 1 || found > form) {
                throw new StoreException("a row has form " + found + ", which this version cannot read", null);
            }
            return read(reader, key, (int) found);
        });
    }

    static final RowFormat<Verification> VERIFICATION = new RowFormat<>(RowKind.VERIFICATION, 4) {
        @Override
        Instant expiresAt(Verification value) {
            return Instant.MAX; // verifications go by the age of their id
        }

        @Override
        void write(RowWriter to, Verification value) {
            VerificationFormat.write(to, value);
        }

        @Override
        Verification read(RowReader from, UUID key, int rowForm) {
            return VerificationFormat.read(from, key, rowForm);
        }
    };

    static final RowFormat<NumberRecord> NUMBER = new RowFormat<>(RowKind.NUMBER, 2) {
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
                    .instant(value.day().spentUntil())
                    .optional(
                            value.seen(), seen -> to.text(seen.network().code()).instant(seen.at()));
        }

        @Override
        NumberRecord read(RowReader from, UUID key, int rowForm) {
            return new NumberRecord(
                    from.uuid(),
                    from.optional(from::uuid),
                    from.optional(() -> new LastCreate(from.fixed(), from.instant())),
                    from.optional(() -> new Refused(from.uuid(), from.instant(), readRefusal(from))),
                    new Allowance(from.instant()),
                    new Allowance(from.instant()),
                    rowForm == 1
                            ? Optional.empty()
                            : from.optional(() -> new Sighting(new Network(from.text()), from.instant())));
        }
    };

    static final RowFormat<PaidAnswer> PAID_ANSWER = new RowFormat<>(RowKind.PAID_ANSWER, 1) {
        @Override
        Instant expiresAt(PaidAnswer value) {
            return value.expiresAt();
        }

        @Override
        void write(RowWriter to, PaidAnswer value) {
            to.instant(value.expiresAt()).bytes(value.content().bytes());
        }

        @Override
        PaidAnswer read(RowReader from, UUID key, int rowForm) {
            Instant expiresAt = from.instant();
            return new PaidAnswer(new Sealed(from.bytes()), expiresAt);
        }
    };

    static final RowFormat<Counter> COUNTER = new RowFormat<>(RowKind.COUNTER, 1) {
        private static final int ALLOWANCE = 0;
        private static final int BLOCK = 1;
        private static final int CONVERSION = 2;

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
                case Conversion conversion ->
                    to.number(CONVERSION).list(conversion.said(), entry -> to.number(entry.member())
                            .flag(entry.onboarded())
                            .instant(entry.at()));
            }
        }

        @Override
        Counter read(RowReader from, UUID key, int rowForm) {
            return switch ((int) from.number()) {
                case ALLOWANCE -> new Allowance(from.instant());
                case BLOCK ->
                    new NumberBlock(from.list(() -> new NumberBlock.Entry((int) from.number(), from.instant())));
                case CONVERSION ->
                    new Conversion(
                            from.list(() -> new Conversion.Entry((int) from.number(), from.flag(), from.instant())));
                default -> throw new IllegalArgumentException("no such counter");
            };
        }
    };

    static final RowFormat<Replay> REPLAY = new RowFormat<>(RowKind.REPLAY, 1) {
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
        Replay read(RowReader from, UUID key, int rowForm) {
            long fingerprint = from.fixed();
            Instant expiresAt = from.instant();
            CreateReply.Answered answer = new CreateReply.Answered(
                    from.uuid(), from.optional(() -> readRefusal(from)), from.instant(), from.optional(from::instant));
            return new Replay(fingerprint, answer, expiresAt);
        }
    };

    static final RowFormat<Reference> REFERENCE = new RowFormat<>(RowKind.REFERENCE, 1) {
        private static final int KNOWN = 0;
        private static final int HELD = 1;

        @Override
        Instant expiresAt(Reference value) {
            return value.expiresAt();
        }

        @Override
        void write(RowWriter to, Reference value) {
            switch (value) {
                case Reference.Known known ->
                    to.number(KNOWN)
                            .instant(known.expiresAt())
                            .uuid(known.verification())
                            .number(known.attempt());
                case Reference.Held held ->
                    to.number(HELD)
                            .instant(held.expiresAt())
                            .list(held.news(), news -> VerificationFormat.writeNews(to, news));
            }
        }

        @Override
        Reference read(RowReader from, UUID key, int rowForm) {
            int what = (int) from.number();
            Instant expiresAt = from.instant();
            return switch (what) {
                case KNOWN -> new Reference.Known(from.uuid(), (int) from.number(), expiresAt);
                case HELD -> new Reference.Held(from.list(() -> VerificationFormat.readNews(from)), expiresAt);
                default -> throw new IllegalArgumentException("no such reference");
            };
        }
    };

    static final RowFormat<Stripe> STRIPE = new RowFormat<>(RowKind.BALANCE, 1) {
        @Override
        Instant expiresAt(Stripe value) {
            return Instant.ofEpochMilli(Long.MAX_VALUE);
        }

        @Override
        void write(RowWriter to, Stripe value) {
            Amounts amounts = value.amounts();
            to.number(amounts.available())
                    .number(amounts.reserved())
                    .number(amounts.charged())
                    .number(value.rules())
                    .number(value.leave())
                    .number(value.day())
                    .list(value.shares().entrySet(), entry -> to.text(entry.getKey())
                            .number(entry.getValue().spent())
                            .number(entry.getValue().leave())
                            .number(entry.getValue().alerted()));
        }

        @Override
        Stripe read(RowReader from, UUID key, int rowForm) {
            long available = from.number();
            long reserved = from.number();
            long charged = from.number();
            Amounts amounts = new Amounts(
                    Math.addExact(Math.addExact(available, reserved), charged), available, reserved, charged);
            int rules = (int) from.number();
            long leave = from.number();
            long day = from.number();
            Map<String, Share> shares = new HashMap<>();
            var _ = from.list(() ->
                    shares.put(from.text(), new Share(from.number(), from.number(), (int) from.number())) == null);
            return new Stripe(amounts, rules, leave, day, shares);
        }
    };

    static void writeRefusal(RowWriter to, Refusal refusal) {
        to.constant(refusal.kind()).text(refusal.rule()).optional(refusal.availableAt(), to::instant);
    }

    static Refusal readRefusal(RowReader from) {
        return new Refusal(from.constant(Refusal.Kind.values()), from.text(), from.optional(from::instant));
    }
}
