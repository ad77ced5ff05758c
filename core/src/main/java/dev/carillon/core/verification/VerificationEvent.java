// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Route;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Something that happened to a verification. The list of these is all that is known of it. */
public sealed interface VerificationEvent {
    Instant at();

    /**
     * A message was queued.
     *
     * @param id the attempt's id
     * @param number from 1
     * @param route the plan by which it is sent
     * @param automatic whether nobody asked for it: it takes the place of one that did not arrive
     * @param code what its code is checked against; empty when no code is ever right (a scripted test number)
     * @param content its code, readable while the window is open; empty once it was erased
     */
    record AttemptQueued(
            Instant at,
            UUID id,
            int number,
            Route route,
            boolean automatic,
            Optional<CodeHash> code,
            Optional<Sealed> content)
            implements VerificationEvent {

        AttemptQueued withoutContent() {
            return new AttemptQueued(at, id, number, route, automatic, code, Optional.empty());
        }

        AttemptQueued withoutHash() {
            return new AttemptQueued(at, id, number, route, automatic, Optional.empty(), content);
        }

        /** Whether there was another way to send it, so that somebody may be waiting to use that. */
        boolean hasAlternative() {
            return route.hops().size() > 1;
        }
    }

    /**
     * How a message went out, or where it got stuck, when its route has more than one hop or there is more to tell.
     *
     * @param attempt the attempt's number
     * @param hop the last hop that was used, from 0; those before it were of no use
     * @param wrongChannels by which the number turned out not to be reachable
     * @param providerId the provider's id for it
     * @param price what it cost
     */
    record AttemptRouted(
            Instant at,
            int attempt,
            int hop,
            Set<Channel> wrongChannels,
            Optional<String> providerId,
            Optional<Money> price)
            implements VerificationEvent {
        public AttemptRouted {
            wrongChannels = Set.copyOf(wrongChannels);
        }
    }

    /**
     * News of a message.
     *
     * @param attempt the attempt's number
     * @param failure why it was not sent, when that is the news
     */
    record AttemptReported(Instant at, int attempt, News news, Optional<Failure> failure) implements VerificationEvent {
        public DeliveryStatus status() {
            return news.status();
        }

        /** The provider's time. */
        public Instant originatedAt() {
            return news.originatedAt();
        }
    }

    /**
     * A code was tried.
     *
     * @param matched the number of the attempt whose code it was; 0 for none
     * @param code what was typed; only where the account shows codes, and readable only while the window is open
     */
    record CodeChecked(Instant at, UUID id, CheckResult result, int matched, Optional<Sealed> code)
            implements VerificationEvent {

        CodeChecked withoutCode() {
            return new CodeChecked(at, id, result, matched, Optional.empty());
        }
    }

    /**
     * The account's books have changed.
     *
     * @param item the number of the message that it is for, or {@link #WINDOW}
     * @param reserved what is reserved for it from now on, in millionths of the currency of the verification's terms
     * @param charged what it has been charged for good, the same
     */
    record BalanceChanged(Instant at, int item, long reserved, long charged) implements VerificationEvent {
        /** The verification itself. */
        public static final int WINDOW = 0;

        boolean isSameAs(BalanceChanged other) {
            return reserved == other.reserved && charged == other.charged;
        }

        /** How much more this is than what was before; negative when something was given back. */
        long spentSince(BalanceChanged before) {
            return Math.subtractExact(Math.addExact(reserved, charged), Math.addExact(before.reserved, before.charged));
        }
    }

    /** The customer said whether a real user came of it. */
    record FeedbackGiven(Instant at, UUID id, boolean onboarded) implements VerificationEvent {}
}
