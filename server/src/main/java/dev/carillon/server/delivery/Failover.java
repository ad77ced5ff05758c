// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Failure;
import dev.carillon.core.verification.SendOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands one attempt's message over, by the hops of its route in turn: a fault moves on to the next, and whatever else a provider says
 * is the end of it. At most {@link #MAX_SENDS} providers are asked, so that an attempt has an end.
 *
 * <p>What may have been sent is never sent again here. A hop whose breaker is open, or whose connection is down, is left for when
 * nothing else is left.
 */
final class Failover {
    static final int MAX_SENDS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

    private final Connections connections;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;

    Failover(Connections connections, InstantSource clock, DeliveryMetrics metrics) {
        this.connections = connections;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Sends.
     *
     * @param attempt for the log
     * @param message the message for a hop
     * @throws InterruptedException when the thread is interrupted before a provider was asked; while one is asked, that is an
     *     unknown outcome
     */
    SendOutcome send(UUID attempt, List<Hop> hops, Function<Hop, Message> message) throws InterruptedException {
        return new Trial(attempt, hops, message).run();
    }

    /** One message on its way. */
    private final class Trial {
        private final UUID attempt;
        private final List<Hop> hops;
        private final Function<Hop, Message> message;
        private final Set<Channel> wrongChannels = EnumSet.noneOf(Channel.class);
        private int sends;
        private int last;
        private Failure failure = Failure.FAULT;

        Trial(UUID attempt, List<Hop> hops, Function<Hop, Message> message) {
            this.attempt = attempt;
            this.hops = hops;
            this.message = message;
        }

        SendOutcome run() throws InterruptedException {
            List<Integer> later = new ArrayList<>();
            Optional<SendOutcome> outcome = Optional.empty();
            for (int hop = 0; hop < hops.size() && outcome.isEmpty() && sends < MAX_SENDS; hop++) {
                if (isReady(hops.get(hop).lane())) {
                    outcome = ask(hop);
                } else {
                    later.add(hop);
                }
            }
            for (int hop : later) {
                if (outcome.isEmpty() && sends < MAX_SENDS) {
                    outcome = ask(hop);
                }
            }
            return outcome.orElseGet(
                    () -> outcome(DeliveryStatus.NOT_SENT, Optional.of(failure), Optional.empty(), Optional.empty()));
        }

        /** A connection that is down is not asked first, so that it does not use up a message's probe or one of its sends. */
        private boolean isReady(Lane lane) {
            boolean down = connections
                    .find(lane.connection())
                    .filter(connection -> !connection.state().isUp())
                    .isPresent();
            return !down && connections.breakers().admits(lane, clock.instant());
        }

        /** Empty: on to the next. */
        private Optional<SendOutcome> ask(int index) throws InterruptedException {
            Hop hop = hops.get(index);
            if (wrongChannels.contains(hop.channel())) {
                return Optional.empty();
            }
            Optional<Connection> connection = connections.find(hop.connection());
            if (connection.isEmpty()) {
                LOG.warn("Attempt {} cannot go by {}: there is no such connection", attempt, hop.lane());
                return Optional.empty();
            }
            sends++;
            last = Math.max(last, index);
            SendResult result = asked(hop.lane(), connection.get(), message.apply(hop));
            boolean good = !(result instanceof SendResult.Fault || result instanceof SendResult.Unknown);
            connections.breakers().record(hop.lane(), good, clock.instant());
            metrics.handedOver(hop.lane(), result);
            return outcome(hop, index, result);
        }

        private SendResult asked(Lane lane, Connection connection, Message ready) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                return connection.send(ready);
            } catch (InterruptedException e) {
                // Not thrown on: the message may be out, and must not go out again as if it were not.
                return new SendResult.Unknown("the server is stopping");
            } catch (RuntimeException e) {
                // A mistake of ours. Where it was made nobody knows, so that the message may be out. The words may
                // quote the message.
                LOG.error("{} failed by {} at {}", lane, e.getClass().getName(), Arrays.toString(e.getStackTrace()));
                return new SendResult.Unknown(e.getClass().getName());
            }
        }

        private Optional<SendOutcome> outcome(Hop hop, int index, SendResult result) {
            return switch (result) {
                case SendResult.Accepted accepted -> {
                    last = index;
                    yield Optional.of(outcome(
                            DeliveryStatus.SUBMITTED, Optional.empty(), accepted.providerId(), accepted.price()));
                }
                case SendResult.Unknown unknown -> {
                    last = index;
                    LOG.info("Attempt {} may have been sent by {}: {}", attempt, hop.lane(), unknown.detail());
                    yield Optional.of(
                            outcome(DeliveryStatus.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty()));
                }
                case SendResult.Fault fault -> {
                    LOG.info("Attempt {} was not sent by {}: {}", attempt, hop.lane(), fault.detail());
                    failure = Failure.FAULT;
                    yield Optional.empty();
                }
                case SendResult.Rejected rejected -> rejected(hop, rejected);
            };
        }

        private Optional<SendOutcome> rejected(Hop hop, SendResult.Rejected rejected) {
            LOG.info(
                    "Attempt {} was refused by {} ({}): {}", attempt, hop.lane(), rejected.reason(), rejected.detail());
            return switch (rejected.reason()) {
                case NUMBER -> Optional.of(notSent(Failure.NUMBER));
                case FRAUD -> Optional.of(notSent(Failure.FRAUD));
                case CHANNEL -> {
                    wrongChannels.add(hop.channel());
                    failure = Failure.CHANNEL;
                    yield Optional.empty();
                }
            };
        }

        private SendOutcome notSent(Failure why) {
            return outcome(DeliveryStatus.NOT_SENT, Optional.of(why), Optional.empty(), Optional.empty());
        }

        private SendOutcome outcome(
                DeliveryStatus status, Optional<Failure> why, Optional<String> providerId, Optional<Money> price) {
            return new SendOutcome(status, why, last, wrongChannels, providerId, price);
        }
    }
}
