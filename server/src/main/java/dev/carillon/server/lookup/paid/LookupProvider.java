// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.phone.PhoneNumber;
import java.util.Set;

/**
 * Somebody who is paid to know about numbers. Every implementation passes {@code LookupProviderContract}. Thread-safe.
 *
 * <p>A number that the provider knows nothing of is an answer ({@link Finding#NOTHING}); failing is for what another provider might
 * do better: no answer in time, credentials that are refused, an answer of an unknown form.
 */
public interface LookupProvider extends AutoCloseable {
    /** What it can be asked. */
    Set<Topic> topics();

    /**
     * Asks; blocks until it answers or its timeout is over.
     *
     * @param topics some of its own, at least one
     */
    Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException;

    /** Questions that are being asked fail. */
    @Override
    default void close() {}
}
