// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The durable rows behind the ledger. A store knows keys and bytes, never their meaning: every row is found by a 128-bit
 * key, so the same few set-based statements serve every kind of row and every engine.
 *
 * <p>Every implementation passes {@code StoreContract}. Implementations are safe for use by several threads; any number of
 * processes may share one store.
 */
public interface Store extends AutoCloseable {

    /**
     * Runs {@code work} in one write transaction. When this returns, everything that was written is committed and forced to
     * disk; when it throws, nothing was written, but for {@link CommitUnknownException}.
     *
     * @throws StoreConflictException when another writer made the transaction void (a serialization failure, a deadlock, a
     *     row that was inserted meanwhile), or the connection was lost before the commit; running the same work again is
     *     safe and right
     * @throws CommitUnknownException when it may have been committed or not; running the same work again is not safe
     * @throws StoreUnavailableException when no connection was to be had
     * @throws StoreException for any other failure of the engine
     */
    <T> T write(Work<T> work);

    /** What runs inside a write transaction; it may run more than once, so it must have no effect outside {@code tx}. */
    @FunctionalInterface
    interface Work<T> {
        T run(StoreTransaction tx);
    }

    /** The committed body of a row; takes no lock and never waits for a writer. */
    Optional<byte[]> read(RowKind kind, UUID key);

    /**
     * Takes up to {@code limit} outbox items that are due at {@code now}, the longest due first, and makes them due again at
     * {@code leaseUntil}. No two callers get the same item before that, in whichever process they are.
     */
    List<OutboxItem> lease(Instant now, Instant leaseUntil, int limit);

    /**
     * Makes messages that are still being sent due at {@code leaseUntil} and no sooner, so that nobody takes them over. What is done by
     * now, or waits for something else, is left alone; so may be what another transaction holds.
     */
    void renew(Collection<UUID> ids, Instant leaseUntil);

    /** How long the oldest due outbox item has been waiting; empty when nothing is due. */
    Optional<Duration> oldestDue(Instant now);

    /**
     * All accounts' books.
     *
     * @param entries the sum of each account's entries
     * @param stripes the rows of {@link RowKind#BALANCE}
     */
    record BookRows(Map<UUID, Amounts> entries, Map<UUID, byte[]> stripes) {}

    /** All accounts' books as they were at one moment; takes no lock. */
    BookRows books();

    /** The newest entries of an account's books, newest first; takes no lock. */
    List<BalanceEntry> entries(UUID account, int limit);

    /**
     * One small step of housekeeping: prepares what coming rows need (partitions), deletes rows that are past their expiry
     * and verifications older than {@code retention}, and carries entries of books forward that are as old. A number's row stays
     * that much longer, since it leads to verifications. Bounded in time, so that writers do not feel it.
     *
     * @return true when there is more to do at once
     */
    boolean maintain(Instant now, Duration retention);

    /** True when the engine answers and takes writes, as a standby does not; never throws. May take as long as any statement. */
    boolean isReachable();

    @Override
    void close();
}
