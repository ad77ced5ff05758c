// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.verification.DeliveryStatus;
import java.time.Instant;
import java.util.UUID;

/** Hears what providers report of messages. */
@FunctionalInterface
public interface ReceiptListener {
    /**
     * A receipt came in; receipts may be late, repeated and out of order.
     *
     * @param originatedAt the provider's time
     */
    void received(UUID verification, int attempt, DeliveryStatus status, Instant originatedAt);
}
