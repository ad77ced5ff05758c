// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.balance.Posting;
import dev.carillon.core.balance.SpendAlert;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.guard.Counter;
import java.time.Instant;
import java.util.UUID;

/** A change that a decision makes; all those of one decision are made together or not at all. */
public sealed interface Effect {
    record Save(Verification verification) implements Effect {}

    record SaveNumber(UUID key, NumberRecord number) implements Effect {}

    record SaveCounter(UUID key, Counter counter) implements Effect {}

    /** A part of an account's books; see {@link Stripe}. */
    record SaveStripe(UUID account, int index, Stripe stripe) implements Effect {}

    /** An entry of an account's books. */
    record Post(Posting posting) implements Effect {}

    /** The operator must hear of what an account spends. */
    record Alert(SpendAlert alert) implements Effect {}

    record SaveReference(UUID key, Reference reference) implements Effect {}

    record SaveReplay(UUID key, Replay replay) implements Effect {}

    /** A message must go out. */
    record Send(UUID attemptId, UUID verification, int attempt) implements Effect {}

    /** Somebody must look at a time whether a message has arrived. There is one such for an attempt, after it was sent. */
    record LookAgain(UUID attemptId, UUID verification, int attempt, Instant due) implements Effect {}

    /** Nothing is left to do about a message: it need neither be sent nor looked at. */
    record Done(UUID attemptId) implements Effect {}

    record SavePaidAnswer(UUID key, PaidAnswer answer) implements Effect {}

    record ForgetPaidAnswer(UUID key) implements Effect {}

    record Forget(UUID verification) implements Effect {}

    record ForgetNumber(UUID key) implements Effect {}
}
