// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Copies of the store in the data folder. All methods throw {@link AdministrationException} with what is wrong. */
public interface Backups {
    /**
     * A copy of a store.
     *
     * @param schemaVersion of the program that last migrated the store
     * @param bytes its size
     */
    record Copy(int schemaVersion, long bytes) {}

    /**
     * Copies the store while servers may run on it, with all that was answered before the call. The copy opens with the master
     * secret that is at hand, and does not hold it.
     *
     * @param file where the copy goes; takes the place of nothing
     */
    Copy make(Path file);

    /**
     * Puts a copy where no store is.
     *
     * @param masterKey the file with its master secret, to be kept in the data folder too; empty: the secret is there
     *     already, or in the environment
     */
    Copy restore(Path file, Optional<Path> masterKey);
}
