// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.phone.PhoneNumber;
import java.util.UUID;

/** Keeps what providers answered, so that it need not be paid for again. One account does not learn what another asked. Thread-safe. */
public interface KnownAnswers {
    /** What is kept of a number; {@link KnownAnswer#NONE} when nothing is. */
    KnownAnswer find(UUID account, PhoneNumber number);

    /** Keeps an answer in place of what was kept; durable when this returns. */
    void keep(UUID account, PhoneNumber number, KnownAnswer answer);
}
