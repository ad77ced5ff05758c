// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import dev.carillon.core.message.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an account pays. The line that names more of channel, country and network is meant; of two that name as much, the first.
 * Immutable.
 */
public final class PriceList {
    /** Of one country, so that what a verification keeps of them stays small. */
    static final int MAX_OF_COUNTRY = 32;

    private static final String ANY = "";

    private final String currency;
    private final List<PriceLine> lines;
    private final Map<String, List<PriceLine>> byCountry;

    /**
     * A list of prices in one currency.
     *
     * @throws IllegalArgumentException when a country has more than {@value #MAX_OF_COUNTRY} lines, or two lines are about the same
     */
    public PriceList(String currency, List<PriceLine> lines) {
        this.currency = currency;
        this.lines = List.copyOf(lines);
        this.byCountry = lines.stream()
                .collect(Collectors.groupingBy(line -> line.country().orElse(ANY)));
        byCountry.forEach((country, some) -> {
            String where = country.equals(ANY) ? "no country" : country;
            if (some.size() > MAX_OF_COUNTRY) {
                throw new IllegalArgumentException(
                        "there are more than " + MAX_OF_COUNTRY + " lines for " + where + ": leave networks out");
            }
            if (some.stream().map(PriceLine::subject).distinct().count() < some.size()) {
                throw new IllegalArgumentException("two lines for " + where + " are about the same");
            }
        });
    }

    public String currency() {
        return currency;
    }

    public List<PriceLine> lines() {
        return lines;
    }

    /** The same with a line in the place of the one about the same, or at the end. */
    public PriceList with(PriceLine line) {
        List<PriceLine> changed = new ArrayList<>(lines);
        changed.removeIf(other -> other.subject().equals(line.subject()));
        changed.add(line);
        return new PriceList(currency, changed);
    }

    /**
     * What a verification of a number of this country costs; empty when it costs nothing whatever happens.
     *
     * @param country ISO 3166-1 alpha-2; empty for numbers of no country
     * @param channels by which its messages may go
     */
    public Optional<Terms> terms(String country, Collection<Channel> channels, boolean refundUndelivered) {
        List<PriceLine> here = country.equals(ANY) ? List.of() : byCountry.getOrDefault(country, List.of());
        List<PriceLine> fitting = Stream.concat(here.stream(), byCountry.getOrDefault(ANY, List.of()).stream())
                .filter(line -> line.channel().map(channels::contains).orElse(true))
                .sorted(Comparator.comparingLong(line -> -line.named()))
                .toList();
        long verification = fitting.stream()
                .filter(line -> line.item() == PriceLine.Item.VERIFICATION)
                .findFirst()
                .map(PriceLine::micros)
                .orElse(0L);
        List<Rate> messages = fitting.stream()
                .filter(line -> line.item() == PriceLine.Item.MESSAGE)
                .map(line -> new Rate(line.channel(), line.network(), line.micros(), line.atCost()))
                .toList();
        return verification == 0 && messages.isEmpty()
                ? Optional.empty()
                : Optional.of(new Terms(currency, country, verification, messages, refundUndelivered));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PriceList that && currency.equals(that.currency) && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }
}
