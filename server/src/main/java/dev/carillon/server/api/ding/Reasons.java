// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.guard.Refusal;
import dev.carillon.server.api.Answer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells why nothing was sent, in headers: the bodies have no field for it and clients refuse new ones. */
final class Reasons {
    private static final HeaderName REASON = HeaderNames.create("X-Carillon-Reason");

    private Reasons() {}

    /** Adds the rule that refused and, where that is known, in how many seconds (rounded up, at least 1) it would not. */
    static Answer on(Answer answer, Optional<Refusal> refusal, Instant now) {
        if (refusal.isEmpty()) {
            return answer;
        }
        Answer explained = answer.with(REASON, refusal.get().rule());
        return refusal.get()
                .availableAt()
                .map(at -> explained.with(HeaderNames.RETRY_AFTER, Long.toString(secondsUntil(at, now))))
                .orElse(explained);
    }

    private static long secondsUntil(Instant at, Instant now) {
        return Math.max(1, Duration.between(now, at).plusNanos(999_999_999).toSeconds());
    }
}
