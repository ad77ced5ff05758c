// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

/**
 * A stripe's part in what an account spends in a day, in all or in one country.
 *
 * @param spent what was reserved and charged here, less what was given back
 * @param leave how much more may be spent here without looking at the other stripes
 * @param alerted the highest alert that was given from here, in per cent of the cap
 */
public record Share(long spent, long leave, int alerted) {
    static final Share NONE = new Share(0, 0, 0);

    Share after(long more) {
        return new Share(Math.addExact(spent, more), Math.subtractExact(leave, more), alerted);
    }

    Share withLeave(long granted) {
        return new Share(spent, granted, alerted);
    }

    Share withAlerted(int percent) {
        return new Share(spent, leave, percent);
    }
}
