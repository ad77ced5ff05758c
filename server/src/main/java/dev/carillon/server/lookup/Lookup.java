// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.account.NumberRules;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sighting;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.lookup.paid.KnownAnswer;
import dev.carillon.server.lookup.paid.PaidLookups;
import dev.carillon.server.lookup.paid.Topic;
import dev.carillon.server.verify.NumberKnowledge;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what is known of numbers. Thread-safe.
 *
 * <p>{@link #of} is for who wants to know, and may wait for providers; as {@link NumberKnowledge} it is for those who send messages, and
 * answers from memory alone.
 */
public final class Lookup implements NumberKnowledge {
    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);
    /** Of other lines the plan tells all that matters. */
    private static final Set<LineType> WORTH_PAYING = EnumSet.of(LineType.MOBILE, LineType.FIXED_LINE, LineType.VOIP);
    /** Where names of callers are kept in a way that can be asked for. */
    private static final Set<String> CALLER_NAMES = Set.of("US", "CA");

    private final Optional<DataFolder> imported;
    private final ServingNetworks serving;
    private final PaidLookups paid;
    private final InstantSource clock;

    /** What was imported, and the program's own tables with it; empty: those alone. */
    private volatile Optional<LocalNumbers> enriched = Optional.empty();
    /** See {@link DataFolder#inUse}. */
    private volatile List<Integer> versions = Collections.nCopies(DataKind.values().length, 0);

    private Lookup(Optional<DataFolder> imported, ServingNetworks serving, PaidLookups paid, InstantSource clock) {
        this.imported = imported;
        this.serving = serving;
        this.paid = paid;
        this.clock = clock;
    }

    /** Read when they are needed first, so that no start waits for them. */
    private static final class Shipped {
        static final LocalNumbers NUMBERS = new LocalNumbers(NumberData.shipped());
    }

    /** Reads the program's own tables, which the first lookup would otherwise wait for. */
    public static void prepare() {
        LocalNumbers _ = Shipped.NUMBERS;
        Optional<String> _ = NumberingPlan.parse("+33612345678").asOptional().flatMap(NumberingPlan::carrier);
    }

    /** With the tables that the program brings along. */
    public static Lookup shipped(ServingNetworks serving, PaidLookups paid, InstantSource clock) {
        return new Lookup(Optional.empty(), serving, paid, clock);
    }

    /** With these and what was imported. Imported data that cannot be read is left out, which the log says; a server must start. */
    public static Lookup with(DataFolder imported, ServingNetworks serving, PaidLookups paid, InstantSource clock) {
        Lookup lookup = new Lookup(Optional.of(imported), serving, paid, clock);
        try {
            lookup.reload();
        } catch (DataException e) {
            LOG.error("Imported data is left out: {}", e.getMessage());
        }
        return lookup;
    }

    /**
     * Takes imported data into use if another version of it is; to be called now and then, by one thread.
     *
     * @throws DataException when it cannot be read; what was in use stays
     */
    public void reload() {
        if (imported.isPresent()) {
            List<Integer> current = imported.get().inUse();
            if (!current.equals(versions)) {
                // Also when it fails: what is damaged is not read again and again.
                versions = current;
                enriched = Optional.of(new LocalNumbers(NumberData.with(imported.get())));
                LOG.info("Imported number data is in use: {}, versions {}", List.of(DataKind.values()), current);
            }
        }
    }

    /**
     * What is known of a number. Waits for paid providers, if there are any, for {@link PaidLookups#TIMEOUT} at most.
     *
     * @param account who asks, and pays
     * @param callerName whether it is asked who the number is listed as; without the account's policy it is not
     */
    public NumberFacts of(AccountView account, PhoneNumber number, boolean callerName) {
        UUID id = account.account().id();
        Optional<Sighting> seen = seen(id, number);
        NumberRules rules = account.account().policy().numbers();
        Set<Topic> wanted = wanted(number, seen, callerName && rules.callerNames());
        KnownAnswer bought = paid.isEmpty() || wanted.isEmpty() ? KnownAnswer.NONE : paid.of(id, number, wanted);
        KnownAnswer allowed = wanted.contains(Topic.CALLER_NAME) ? bought : bought.without(Topic.CALLER_NAME);
        return local().of(number, seen, allowed, today());
    }

    private Set<Topic> wanted(PhoneNumber number, Optional<Sighting> seen, boolean callerName) {
        Set<Topic> wanted = EnumSet.noneOf(Topic.class);
        Instant fresh = clock.instant().minus(Topic.NETWORK.memory());
        if (WORTH_PAYING.contains(number.lineType()) && !local().isSeenSince(number, seen, fresh)) {
            wanted.add(Topic.NETWORK);
        }
        if (callerName && CALLER_NAMES.contains(String.valueOf(number.regionCode()))) {
            wanted.add(Topic.CALLER_NAME);
        }
        return wanted;
    }

    /** Without what receipts told a lookup is worse, but it is one. */
    private Optional<Sighting> seen(UUID account, PhoneNumber number) {
        try {
            return serving.of(account, number);
        } catch (StoreException e) {
            LOG.warn("What receipts told of a number could not be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<Network> network(PhoneNumber number, Optional<Network> seen) {
        return local().network(number, seen);
    }

    @Override
    public boolean isTemporary(PhoneNumber number) {
        return local().isTemporary(number, today());
    }

    private LocalNumbers local() {
        return enriched.orElseGet(() -> Shipped.NUMBERS);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
