// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.SpendAlert;
import java.time.Duration;

/** What the ledger tells of itself. */
public interface LedgerMetrics {
    LedgerMetrics NONE = new LedgerMetrics() {};

    /** A batch was committed. */
    default void committed(int commands, Duration took) {}

    /** A batch was made void by a concurrent writer and is run again. */
    default void replayed() {}

    /** A batch failed. */
    default void failed() {}

    /** An account has spent a good part of what it may spend in a day. */
    default void alerted(SpendAlert alert) {}

    /** A command was refused since the queue was full. */
    default void refused() {}
}
