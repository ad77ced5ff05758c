// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Money;
import dev.carillon.core.phone.Network;
import java.time.Instant;
import java.util.Optional;

/**
 * What is told of a message's way.
 *
 * @param originatedAt the provider's time
 * @param price what the message cost, where the provider tells it
 * @param network the serving network, where the provider tells it
 * @param code the provider's own code, for the operator
 */
public record News(
        DeliveryStatus status,
        Instant originatedAt,
        Optional<Money> price,
        Optional<Network> network,
        Optional<String> code) {

    /** News that tell nothing more. */
    public static News of(DeliveryStatus status, Instant originatedAt) {
        return new News(status, originatedAt, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
