// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.message.SenderId;
import dev.carillon.core.phone.Network;
import dev.carillon.server.delivery.ConnectionSettings.Price;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the settings under {@code connections}. What is common to all kinds stands beside {@code kind}; what only a kind knows
 * stands under {@code options}, and is looked at by the kind itself when the connection is opened.
 */
public final class ConnectionSettingsReader {
    private static final String ROOT = "connections";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) ([A-Z]{3})");
    private static final int MAX_RATE = 100_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Who waits for a code has given up by then, and asks for another. */
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(25);

    private final Map<String, ConnectionKind> kinds;

    public ConnectionSettingsReader(Collection<ConnectionKind> kinds) {
        this.kinds = new TreeMap<>(kinds.stream().collect(Collectors.toMap(ConnectionKind::name, kind -> kind)));
    }

    /**
     * Reads all of them.
     *
     * @param connections by name: maps, lists and plain values
     * @param environment where secrets are that the settings only name
     * @return in order of their names
     * @throws IllegalArgumentException naming what is missing, unknown or wrong: {@code connections.acme.timeout must be …}
     */
    public List<ConnectionSettings> read(Map<String, ?> connections, Function<String, Optional<String>> environment) {
        Options all = new Options(Map.of(ROOT, connections), environment).section(ROOT);
        return all.names().stream().map(name -> connection(all, name)).toList();
    }

    /** The kind of these settings, which {@link #read} has found to exist. */
    public ConnectionKind kind(ConnectionSettings settings) {
        ConnectionKind kind = kinds.get(settings.kind());
        if (kind == null) {
            throw new IllegalArgumentException(unknownKind(settings.kind()));
        }
        return kind;
    }

    private ConnectionSettings connection(Options all, String name) {
        if (!NAME.matcher(name).matches()) {
            throw all.wrong(
                    name, "must be named by 1 to 32 lower-case letters, digits and hyphens, the first no hyphen");
        }
        Options options = all.section(name);
        ConnectionKind kind = kind(options);
        ConnectionSettings settings = new ConnectionSettings(
                name,
                kind.name(),
                channels(options, kind),
                countries(options),
                options.optionalText("sender").map(sender -> sender(options, "sender", sender)),
                senders(options.section("senders")),
                prices(options),
                rate(options),
                options.duration("timeout", TIMEOUT, Duration.ofSeconds(1), MAX_TIMEOUT),
                options.section("options"));
        options.refuseUnknown();
        return settings;
    }

    private ConnectionKind kind(Options options) {
        String name = options.text("kind");
        ConnectionKind kind = kinds.get(name);
        if (kind == null) {
            throw options.wrong("kind", unknownKind(name));
        }
        return kind;
    }

    private String unknownKind(String name) {
        // What stands there may be anything, even a secret in the wrong line.
        String shown = NAME.matcher(name).matches() ? "'" + name + "' is not known; " : "";
        return shown + "must be one of " + String.join(", ", kinds.keySet());
    }

    private static Set<Channel> channels(Options options, ConnectionKind kind) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        for (String word : options.texts("channels")) {
            Channel channel = kind.channels().stream()
                    .filter(candidate -> word(candidate).equals(word))
                    .findFirst()
                    .orElseThrow(() -> options.wrong(
                            "channels",
                            "must be some of " + words(kind.channels()) + ", which is what " + kind.name()
                                    + " can do"));
            channels.add(channel);
        }
        return channels.isEmpty() ? kind.channels() : channels;
    }

    /** How a channel is written in settings. */
    private static String word(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    private static String words(Set<Channel> channels) {
        return channels.stream().map(ConnectionSettingsReader::word).sorted().collect(Collectors.joining(", "));
    }

    private static Countries countries(Options options) {
        List<String> codes = options.textOrTexts("countries");
        return codes.isEmpty() ? Countries.ALL : countries(options, "countries", String.join(",", codes));
    }

    private static Countries countries(Options options, String name, String text) {
        try {
            return Countries.parse(text);
        } catch (IllegalArgumentException e) {
            throw options.wrong(name, String.valueOf(e.getMessage()));
        }
    }

    private static String country(Options options, String name, String text) {
        Countries read = countries(options, name, text);
        if (read.codes().size() != 1) {
            throw options.wrong(name, "must be one country, such as DE");
        }
        return read.codes().iterator().next();
    }

    private static String sender(Options options, String name, String text) {
        if (!SenderId.isValid(text)) {
            throw options.wrong(
                    name,
                    "must be 1 to 11 letters, digits, spaces or ._&- with at least one letter, or a number of at most 15"
                            + " digits");
        }
        return text;
    }

    private static Map<String, String> senders(Options senders) {
        Map<String, String> byCountry = new TreeMap<>();
        for (String code : senders.names()) {
            String country = country(senders, code, code);
            if (byCountry.put(country, sender(senders, code, senders.text(code))) != null) {
                throw senders.wrong(code, "is there twice");
            }
        }
        return byCountry;
    }

    private static List<Price> prices(Options options) {
        List<Price> prices = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Options line : options.sections("prices")) {
            Optional<String> country = line.optionalText("country").map(text -> country(line, "country", text));
            Optional<String> network = line.optionalText("network").map(text -> Network.parse(text)
                    .map(Network::code)
                    .orElseThrow(() -> line.wrong("network", "must be MCC and MNC, 5 or 6 digits, such as 20801")));
            Optional<Channel> channel = line.optionalText("channel").map(text -> channel(line, text));
            Money money = money(line, line.text("price"));
            line.refuseUnknown();
            if (!seen.add(List.of(channel, country, network))) {
                throw line.wrong("price", "is the second one for the same channel, country and network");
            }
            prices.add(new Price(channel, country, network, money));
        }
        return prices;
    }

    private static Channel channel(Options line, String text) {
        return EnumSet.allOf(Channel.class).stream()
                .filter(channel -> word(channel).equals(text))
                .findFirst()
                .orElseThrow(() -> line.wrong("channel", "must be one of " + words(EnumSet.allOf(Channel.class))));
    }

    private static Money money(Options line, String text) {
        var amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            throw line.wrong("price", "must be an amount and a currency, such as 0.0075 EUR");
        }
        return Money.of(amount.group(1), amount.group(2));
    }

    private static Optional<Integer> rate(Options options) {
        return options.decimal("messages_per_second").map(_ -> options.integer("messages_per_second", 0, 1, MAX_RATE));
    }
}
