// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import java.util.Map;

/** The stripes of one account, as they are when a command is decided. */
public interface Stripes {
    /** The one that this node writes to, from 0 to {@link Stripe#COUNT} - 1. */
    int own();

    /** That one; {@link Stripe#EMPTY} when it does not exist. */
    Stripe get();

    /** All that exist, by their index. Locks out other nodes that spend for this account, so that it is for when it is needed. */
    Map<Integer, Stripe> all();
}
