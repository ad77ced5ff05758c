// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one kind in one batch: what was loaded, and what the decisions so far have made of it. A later command of the
 * batch sees the effect of an earlier one here.
 */
final class Rows<T> {
    private final RowFormat<T> format;
    private final StoreTransaction tx;
    private final Map<UUID, Slot<T>> slots = new HashMap<>();

    private static final class Slot<T> {
        final boolean stored;

        @Nullable
        T value;

        boolean changed;

        Slot(boolean stored, @Nullable T value) {
            this.stored = stored;
            this.value = value;
        }
    }

    Rows(RowFormat<T> format, StoreTransaction tx) {
        this.format = format;
        this.tx = tx;
    }

    RowKind kind() {
        return format.kind;
    }

    /** Loads those of the keys that are not loaded yet, with one statement. */
    void load(Collection<UUID> keys) {
        Set<UUID> missing = new HashSet<>(keys);
        missing.removeAll(slots.keySet());
        if (!missing.isEmpty()) {
            loaded(missing, tx.load(format.kind, missing));
        }
    }

    /** Whether it is known what is stored under a key. */
    boolean isLoaded(UUID key) {
        return slots.containsKey(key);
    }

    /** Takes what was loaded for {@code missing} keys; those without a body do not exist. */
    void loaded(Set<UUID> missing, Map<UUID, byte[]> bodies) {
        for (UUID key : missing) {
            byte[] body = bodies.get(key);
            slots.put(key, new Slot<>(body != null, body == null ? null : format.read(key, body)));
        }
    }

    /** The row as it is now, if it is loaded and exists. */
    Optional<T> ifLoaded(UUID key) {
        return Optional.ofNullable(slots.get(key)).map(slot -> slot.value);
    }

    Optional<T> get(UUID key) {
        return Optional.ofNullable(slot(key).value);
    }

    /** Sets a row. One that no command has looked at is new: its key is a fresh id, and asking the store for it would be vain. */
    void put(UUID key, T value) {
        set(slots.computeIfAbsent(key, _ -> new Slot<>(false, null)), value);
    }

    void remove(UUID key) {
        set(slot(key), null);
    }

    /** Writes what changed, with one statement for each kind of change. */
    void flush() {
        List<Row> inserted = new ArrayList<>();
        List<Row> updated = new ArrayList<>();
        List<UUID> deleted = new ArrayList<>();
        slots.forEach((key, slot) -> {
            if (slot.changed && slot.value != null) {
                (slot.stored ? updated : inserted).add(format.row(key, slot.value));
            } else if (slot.changed && slot.stored) {
                deleted.add(key);
            }
        });
        if (!inserted.isEmpty()) {
            tx.insert(format.kind, inserted);
        }
        if (!updated.isEmpty()) {
            tx.update(format.kind, updated);
        }
        if (!deleted.isEmpty()) {
            tx.delete(format.kind, deleted);
        }
    }

    private void set(Slot<T> slot, @Nullable T value) {
        slot.value = value;
        slot.changed = true;
    }

    private Slot<T> slot(UUID key) {
        Slot<T> slot = slots.get(key);
        if (slot != null) {
            return slot;
        }
        // Commands name what they need beforehand; what they learn of inside the batch is loaded one by one.
        load(Set.of(key));
        return requireNonNull(slots.get(key));
    }
}
