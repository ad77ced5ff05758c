// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that routes can be made of, at one moment. Immutable, so that a decision made with it can be made again.
 *
 * @param candidates in the operator's order
 * @param breakers of the lanes that have failed of late; the others are {@link Breaker#CLOSED}
 * @param down the connections that can hand nothing over now, by name
 */
public record RoutingTable(List<Candidate> candidates, Map<Lane, Breaker> breakers, Set<String> down) {
    /** A second connection of a channel is there for when the first cannot send; no message is handed to more than two. */
    static final int MAX_OF_CHANNEL = 2;

    private static final int MAX_HOPS = 6;
    private static final int MAX_REASONS = 8;

    public RoutingTable {
        candidates = List.copyOf(candidates);
        breakers = Map.copyOf(breakers);
        down = Set.copyOf(down);
    }

    /** Whether a price depends on the network, so that it is worth to find out about it. */
    public boolean hasPricesByNetwork() {
        for (Candidate candidate : candidates) {
            for (Price price : candidate.prices()) {
                if (price.network().isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether anything can be sent to a country by a channel that the account allows. */
    public boolean serves(String country, Channels channels) {
        for (Candidate candidate : candidates) {
            if (channels.order().contains(candidate.lane().channel())
                    && candidate.countries().contains(country)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Plans one attempt. The order is decided by the first of these that differs:
     *
     * <ol>
     *   <li>a channel by which the number cannot be reached comes last;
     *   <li>so does a lane whose breaker is open, or whose connection is down;
     *   <li>for a fallback, a channel that was not tried in this window comes first;
     *   <li>a lane that was tried less often in this window comes first;
     *   <li>the account's order of channels;
     *   <li>a lane that is shaky comes behind one that is not;
     *   <li>the price; lanes without one, or in another currency than the first that has one, come behind;
     *   <li>the operator's order.
     * </ol>
     *
     * @param tried what this window has tried before
     */
    public Route plan(RouteRequest request, List<Tried> tried, Purpose purpose, Instant now) {
        List<String> leftOut = new ArrayList<>();
        List<Option> options = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (request.channels().order().contains(candidate.lane().channel())) {
                Optional<String> objection = objection(candidate, request, tried, purpose);
                objection.ifPresent(why -> leftOut.add(candidate.lane() + " left out: " + why));
                if (objection.isEmpty()) {
                    options.add(option(candidate, request, tried, now));
                }
            }
        }
        if (options.isEmpty()) {
            leftOut.add("no connection is left");
            return Route.nowhere(
                    request.channels().order().getFirst(), request.sender().apply(Optional.empty()), bounded(leftOut));
        }
        options.sort(order(options, request, purpose));
        List<Option> chosen = chosen(options, request.channels());
        List<Hop> hops = chosen.stream().map(option -> option.hop(request)).toList();
        boolean choice = options.size() > 1 || !leftOut.isEmpty();
        List<String> reasons = new ArrayList<>();
        chosen.forEach(option -> reasons.add(option.reason()));
        reasons.addAll(leftOut);
        return new Route(hops, choice ? bounded(reasons) : List.of());
    }

    private static Optional<String> objection(
            Candidate candidate, RouteRequest request, List<Tried> tried, Purpose purpose) {
        Lane lane = candidate.lane();
        if (!candidate.countries().contains(request.country())) {
            return Optional.of("not for this country");
        }
        if (!request.takesCodes()) {
            return Optional.of("not for this line");
        }
        if (purpose == Purpose.FALLBACK
                && tried.stream().anyMatch(before -> before.lane().equals(lane))) {
            return Optional.of("tried before");
        }
        if (purpose == Purpose.FALLBACK && has(tried, lane.channel(), Tried.Result.WRONG_CHANNEL)) {
            return Optional.of("the number is not on this channel");
        }
        // It may have been sent: to send again, unasked, by the same channel could be to send twice.
        if (purpose == Purpose.FALLBACK && has(tried, lane.channel(), Tried.Result.UNKNOWN)) {
            return Optional.of("may have been sent by this channel");
        }
        return Optional.empty();
    }

    private Comparator<Option> order(List<Option> options, RouteRequest request, Purpose purpose) {
        Optional<String> currency = options.stream()
                .flatMap(option -> option.price.stream())
                .map(Money::currency)
                .findFirst();
        Comparator<Option> order = Comparator.comparing(option -> option.wrongChannel);
        order = order.thenComparing(option -> option.health == Health.OPEN);
        if (purpose == Purpose.FALLBACK) {
            order = order.thenComparing(option -> option.channelTried);
        }
        return order.thenComparingLong(option -> option.laneTried)
                .thenComparingInt(option -> request.channels().order().indexOf(option.channel()))
                .thenComparing(option -> option.health == Health.SHAKY)
                .thenComparingLong(option -> option.micros(currency));
    }

    /** Enough of each channel; one channel alone where the account wants nothing to change by itself. */
    private static List<Option> chosen(List<Option> options, Channels channels) {
        Channel first = options.getFirst().channel();
        Map<Channel, Integer> taken = new EnumMap<>(Channel.class);
        return options.stream()
                .filter(option -> channels.fallback() || option.channel() == first)
                .filter(option -> taken.merge(option.channel(), 1, Integer::sum) <= MAX_OF_CHANNEL)
                .limit(MAX_HOPS)
                .toList();
    }

    private Option option(Candidate candidate, RouteRequest request, List<Tried> tried, Instant now) {
        Lane lane = candidate.lane();
        return down.contains(lane.connection())
                ? new Option(candidate, request, tried, Health.OPEN, "down")
                : new Option(
                        candidate,
                        request,
                        tried,
                        breakers.getOrDefault(lane, Breaker.CLOSED).health(now),
                        "keeps failing");
    }

    private static boolean has(List<Tried> tried, Channel channel, Tried.Result result) {
        return tried.stream().anyMatch(before -> before.lane().channel() == channel && before.result() == result);
    }

    private static List<String> bounded(List<String> reasons) {
        return reasons.stream().limit(MAX_REASONS).toList();
    }

    /** A candidate that will do, with all that its place depends on. */
    private static final class Option {
        private final Candidate candidate;
        private final boolean wrongChannel;
        private final boolean channelTried;
        private final long laneTried;
        private final Health health;
        private final String trouble;
        private final Optional<Money> price;

        /** @param trouble what is wrong with it if its health is {@link Health#OPEN} */
        Option(Candidate candidate, RouteRequest request, List<Tried> tried, Health health, String trouble) {
            this.candidate = candidate;
            this.health = health;
            this.trouble = trouble;
            wrongChannel = has(tried, channel(), Tried.Result.WRONG_CHANNEL);
            channelTried = tried.stream().anyMatch(before -> before.lane().channel() == channel());
            laneTried = tried.stream()
                    .filter(before -> before.lane().equals(candidate.lane()))
                    .count();
            price = Price.of(candidate.prices(), channel(), request.country(), request.network());
        }

        Channel channel() {
            return candidate.lane().channel();
        }

        Hop hop(RouteRequest request) {
            Optional<String> own = candidate.senders().of(request.country());
            // A messenger's sender is registered with it; those of accounts and the rules of countries are about SMS.
            String sender =
                    channel() == Channel.SMS || own.isEmpty() ? request.sender().apply(own) : own.get();
            return new Hop(channel(), candidate.lane().connection(), sender, price);
        }

        long micros(Optional<String> currency) {
            return price.filter(
                            known -> currency.filter(known.currency()::equals).isPresent())
                    .map(Money::micros)
                    .orElse(Long.MAX_VALUE);
        }

        String reason() {
            List<String> facts = new ArrayList<>();
            price.ifPresent(known -> facts.add(known.toString()));
            if (laneTried > 0) {
                facts.add("tried before");
            }
            if (wrongChannel) {
                facts.add("the number is not on this channel");
            }
            if (health == Health.SHAKY) {
                facts.add("shaky");
            }
            if (health == Health.OPEN) {
                facts.add(trouble);
            }
            return facts.stream()
                    .collect(Collectors.joining(", ", candidate.lane() + (facts.isEmpty() ? "" : ": "), ""));
        }
    }
}
