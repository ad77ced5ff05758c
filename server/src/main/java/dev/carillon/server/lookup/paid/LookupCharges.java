// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Money;
import java.util.UUID;

/** Is told what lookups cost. Thread-safe; called once for each question that a provider answered, never for what was kept. */
@FunctionalInterface
public interface LookupCharges {
    /**
     * A question was answered.
     *
     * @param account whose lookup it was
     * @param provider by its name in the settings
     * @param price as the settings have it; not called where they have none
     */
    void charge(UUID account, String provider, Money price);
}
