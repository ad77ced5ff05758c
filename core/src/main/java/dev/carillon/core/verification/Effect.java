// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.guard.Counter;
import java.util.UUID;

/** A change that a decision makes; all those of one decision are made together or not at all. */
public sealed interface Effect {
    record Save(Verification verification) implements Effect {}

    record SaveNumber(UUID key, NumberRecord number) implements Effect {}

    record SaveCounter(UUID key, Counter counter) implements Effect {}

    record SaveReplay(UUID key, Replay replay) implements Effect {}

    /** A message must go out. */
    record Send(UUID attemptId, UUID verification, int attempt) implements Effect {}

    /** A message needs no more sending: it went out, or it never will. */
    record Sent(UUID attemptId) implements Effect {}

    record Forget(UUID verification) implements Effect {}

    record ForgetNumber(UUID key) implements Effect {}
}
