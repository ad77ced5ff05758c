// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Money;
import dev.carillon.core.phone.PhoneNumber;
import java.util.UUID;

/** Has accounts pay for what providers are asked on their behalf, never for what was kept. Thread-safe; may block for a commit. */
public interface LookupCharges {
    /** Nobody pays. */
    LookupCharges NONE = new LookupCharges() {
        @Override
        public boolean take(UUID account, PhoneNumber number, String provider, Money price) {
            return true;
        }

        @Override
        public void giveBack(UUID account, PhoneNumber number, String provider, Money price) {}
    };

    /**
     * Takes the price of a question that is about to be asked.
     *
     * @param account whose lookup it is
     * @param provider by its name in the settings
     * @param price as the settings have it; not called where they have none
     * @return false: the account cannot pay, and the provider is not asked
     */
    boolean take(UUID account, PhoneNumber number, String provider, Money price);

    /** Gives back what was taken for a question that was not answered. */
    void giveBack(UUID account, PhoneNumber number, String provider, Money price);
}
