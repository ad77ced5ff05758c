// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import java.util.Optional;
import java.util.Set;

/**
 * What became of handing a message over.
 *
 * @param status {@link DeliveryStatus#SUBMITTED}, {@link DeliveryStatus#NOT_SENT}, or {@link DeliveryStatus#UNKNOWN} when it may
 *     have gone out or not
 * @param failure why it was not sent
 * @param hop which hop of the attempt's route was the last to be used, from 0; those before it were of no use
 * @param wrongChannels by which the number turned out not to be reachable
 * @param providerId the provider's id for it, where receipts come under that
 * @param price what it cost, where the provider says at once
 */
public record SendOutcome(
        DeliveryStatus status,
        Optional<Failure> failure,
        int hop,
        Set<Channel> wrongChannels,
        Optional<String> providerId,
        Optional<Money> price) {

    public SendOutcome {
        wrongChannels = Set.copyOf(wrongChannels);
    }

    /** It was not sent, and no connection was asked. */
    public static SendOutcome notSent(Failure failure) {
        return new SendOutcome(
                DeliveryStatus.NOT_SENT, Optional.of(failure), 0, Set.of(), Optional.empty(), Optional.empty());
    }

    /** It was sent, and nothing more is known. */
    public static SendOutcome submitted() {
        return new SendOutcome(
                DeliveryStatus.SUBMITTED, Optional.empty(), 0, Set.of(), Optional.empty(), Optional.empty());
    }

    /** Whether there is more to tell than that the first hop was used. */
    boolean isWorthTelling() {
        return hop > 0 || !wrongChannels.isEmpty() || providerId.isPresent() || price.isPresent();
    }
}
