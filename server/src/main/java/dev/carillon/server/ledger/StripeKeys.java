// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.Stripe;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Where the stripes of an account's books are: beside each other, by the account's id with the stripe in its last bits. */
final class StripeKeys {
    private static final long MASK = Stripe.COUNT - 1L;

    private StripeKeys() {}

    static UUID of(UUID account, int index) {
        return new UUID(account.getMostSignificantBits(), (account.getLeastSignificantBits() & ~MASK) | index);
    }

    static List<UUID> all(UUID account) {
        return IntStream.range(0, Stripe.COUNT)
                .mapToObj(index -> of(account, index))
                .toList();
    }
}
