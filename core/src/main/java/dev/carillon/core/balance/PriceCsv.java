// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A price list as comma-separated text. The first line names the columns, in any order; lines that begin with {@code #} are
 * comments:
 *
 * <pre>
 * item,channel,country,network,price,charge
 * verification,,,,0.009 EUR,
 * message,sms,FR,20801,0.041 EUR,
 * message,,,,0.05 EUR,cost
 * </pre>
 *
 * <p>{@code item} and {@code price} must be there. The other columns may be empty or left out: it is then any channel, country or
 * network, and the charge is the price. {@code cost} charges what the operator pays, and the price where that is not known.
 */
public final class PriceCsv {
    private static final List<String> COLUMNS = List.of("item", "channel", "country", "network", "price", "charge");
    private static final Pattern PRICE = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,6})?) ([A-Z]{3})");
    private static final int MAX_ERRORS = 20;
    private static final String COST = "cost";

    private PriceCsv() {}

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException with all that is wrong, each with its line, for the operator
     */
    public static PriceList read(String text) {
        return new Reading().read(text);
    }

    /** As {@link #read} reads it. */
    public static String write(PriceList list) {
        return list.lines().stream()
                .map(line -> write(line, list.currency()))
                .collect(Collectors.joining("\n", String.join(",", COLUMNS) + "\n", "\n"));
    }

    private static String write(PriceLine line, String currency) {
        return String.join(
                ",",
                line.item().name().toLowerCase(Locale.ROOT),
                line.channel().map(Channel::text).orElse(""),
                line.country().orElse(""),
                line.network().map(Network::code).orElse(""),
                new Money(line.micros(), currency).toString(),
                line.atCost() ? COST : "");
    }

    /**
     * Reads a price such as {@code 0.0075 EUR}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static Money price(String text) {
        Matcher price = PRICE.matcher(text);
        if (!price.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a price, such as 0.0075 EUR");
        }
        return Money.of(price.group(1), price.group(2));
    }

    /**
     * Makes a line of what stands in its columns.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static PriceLine line(
            String item, String channel, String country, String network, long micros, String charge) {
        if (!charge.isEmpty() && !charge.equals(COST) && !charge.equals("price")) {
            throw new IllegalArgumentException("charge: '" + charge + "' is not price or cost");
        }
        return new PriceLine(
                Arrays.stream(PriceLine.Item.values())
                        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(item))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("item: '" + item + "' is not verification or message")),
                given(channel).map(PriceCsv::channel),
                given(country).map(PriceCsv::country),
                given(network).map(Network::new),
                micros,
                charge.equals(COST));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private static Channel channel(String text) {
        return Channel.of(text)
                .orElseThrow(() -> new IllegalArgumentException("channel: '" + text + "' is not one of "
                        + Arrays.stream(Channel.values()).map(Channel::text).collect(Collectors.joining(", "))));
    }

    private static String country(String text) {
        Countries one = Countries.parse(text);
        if (one.codes().size() != 1) {
            throw new IllegalArgumentException("country: '" + text + "' is not one country; leave it empty for any");
        }
        return one.codes().iterator().next();
    }

    /** One text being read: goes on after what is wrong, so that all of it is told at once. */
    private static final class Reading {
        private final List<String> errors = new ArrayList<>();
        private final List<PriceLine> lines = new ArrayList<>();
        private final Set<PriceLine> subjects = new HashSet<>();
        private List<String> columns = List.of();
        private Optional<String> currency = Optional.empty();

        PriceList read(String text) {
            // Spreadsheets begin a file with a byte order mark.
            List<String> all = (text.startsWith("\ufeff") ? text.substring(1) : text)
                    .lines()
                    .toList();
            for (int i = 0; i < all.size() && errors.size() < MAX_ERRORS; i++) {
                String line = all.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    try {
                        take(line);
                    } catch (IllegalArgumentException e) {
                        errors.add("line " + (i + 1) + ": " + e.getMessage());
                        if (columns.isEmpty()) {
                            break; // nothing after this could be understood
                        }
                    }
                }
            }
            if (errors.isEmpty() && lines.isEmpty()) {
                errors.add("there is no line with a price");
            }
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", errors));
            }
            return new PriceList(currency.orElseThrow(), lines);
        }

        private void take(String line) {
            List<String> fields = fields(line);
            if (columns.isEmpty()) {
                columns = header(fields);
                return;
            }
            if (fields.size() > columns.size()) {
                throw new IllegalArgumentException(
                        "there are " + fields.size() + " fields for " + columns.size() + " columns");
            }
            Money price = price(field(fields, "price"));
            if (currency.filter(other -> !other.equals(price.currency())).isPresent()) {
                throw new IllegalArgumentException(
                        "the price is in " + price.currency() + ", those before it in " + currency.get());
            }
            currency = Optional.of(price.currency());
            PriceLine read = line(
                    field(fields, "item").toLowerCase(Locale.ROOT),
                    field(fields, "channel").toLowerCase(Locale.ROOT),
                    field(fields, "country"),
                    field(fields, "network"),
                    price.micros(),
                    field(fields, "charge").toLowerCase(Locale.ROOT));
            if (!subjects.add(read.subject())) {
                throw new IllegalArgumentException("a line before it is about the same");
            }
            lines.add(read);
        }

        private String field(List<String> fields, String column) {
            int index = columns.indexOf(column);
            return index < 0 || index >= fields.size() ? "" : fields.get(index);
        }

        private static List<String> header(List<String> fields) {
            List<String> names =
                    fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
            Set<String> unknown = new HashSet<>(names);
            COLUMNS.forEach(unknown::remove);
            if (!unknown.isEmpty()
                    || !names.contains("item")
                    || !names.contains("price")
                    || new HashSet<>(names).size() != names.size()) {
                throw new IllegalArgumentException(
                        "the first line must name the columns: item and price, and any of channel, country, network, charge");
            }
            return names;
        }

        /** No value has a comma in it, so that quotation marks are all that there is to undo. */
        private static List<String> fields(String line) {
            return Arrays.stream(line.split(",", -1))
                    .map(String::strip)
                    .map(field -> field.length() > 1 && field.startsWith("\"") && field.endsWith("\"")
                            ? field.substring(1, field.length() - 1).strip()
                            : field)
                    .toList();
        }
    }
}
