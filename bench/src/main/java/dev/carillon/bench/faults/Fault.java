// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import dev.carillon.bench.faults.Program.Start;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Something that goes wrong under a running server. */
interface Fault {
    /** As it is called on the command line. */
    String name();

    /** Why it cannot be had here; empty: it can. */
    default Optional<String> missing(Engine engine) {
        return Optional.empty();
    }

    /** How nodes have to be started for it. */
    default Start start(Site site) throws IOException {
        return Start.PLAIN;
    }

    /** Whether it needs a disk that is small and nobody else's. */
    default boolean needsSmallDisk() {
        return false;
    }

    /** Whether windows may end, or verifications be out of sight, within one cycle, so that what was paid cannot be added up. */
    default boolean movesTime() {
        return false;
    }

    /** Goes wrong and gets right again, while users are at work. When this returns all nodes run, and must recover by themselves. */
    void strike(Site site, RandomGenerator random) throws IOException, InterruptedException;
}
