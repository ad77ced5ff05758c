// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.PhoneNumber;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what is known of numbers. Thread-safe. */
public final class Lookup {
    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);

    private final Optional<DataFolder> imported;
    private final ServingNetworks serving;
    private final InstantSource clock;

    private volatile LocalNumbers local;
    /** See {@link DataFolder#inUse}. */
    private volatile List<Integer> versions = Collections.nCopies(DataKind.values().length, 0);

    private Lookup(LocalNumbers local, Optional<DataFolder> imported, ServingNetworks serving, InstantSource clock) {
        this.local = local;
        this.imported = imported;
        this.serving = serving;
        this.clock = clock;
    }

    /** With the tables that the program brings along. */
    public static Lookup shipped(ServingNetworks serving, InstantSource clock) {
        return new Lookup(new LocalNumbers(NumberData.shipped()), Optional.empty(), serving, clock);
    }

    /** With these and what was imported. Imported data that cannot be read is left out, which the log says; a server must start. */
    public static Lookup with(DataFolder imported, ServingNetworks serving, InstantSource clock) {
        Lookup lookup = new Lookup(new LocalNumbers(NumberData.shipped()), Optional.of(imported), serving, clock);
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
                local = new LocalNumbers(NumberData.with(imported.get()));
                LOG.info("Imported number data is in use: {}, versions {}", List.of(DataKind.values()), current);
            }
        }
    }

    /**
     * What is known of a number.
     *
     * @param account who asks
     */
    public NumberFacts of(UUID account, PhoneNumber number) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return local.of(number, serving.of(account, number).map(ServingNetwork::network), today);
    }

    /** The network that most likely serves a number, from memory alone: the imported one, or that of its range's holder. */
    public Optional<Network> network(PhoneNumber number) {
        return local.network(number);
    }
}
