// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.server.delivery.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the settings under {@code lookups}. What only a kind knows is looked at by the kind itself, when the provider is opened. */
public final class LookupSettingsReader {
    private static final String ROOT = "lookups";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) ([A-Z]{3})");

    private final Map<String, LookupKind> kinds;

    public LookupSettingsReader(Collection<LookupKind> kinds) {
        this.kinds = new TreeMap<>(kinds.stream().collect(Collectors.toMap(LookupKind::name, kind -> kind)));
    }

    /**
     * Reads all of them.
     *
     * @param providers by name, in the order in which they are to be asked
     * @param environment where secrets are that the settings only name
     * @return in the same order
     * @throws IllegalArgumentException naming what is missing, unknown or wrong: {@code lookups.acme.timeout must be …}
     */
    public List<LookupSettings> read(Map<String, ?> providers, Function<String, Optional<String>> environment) {
        Options all = new Options(Map.of(ROOT, providers), environment).section(ROOT);
        List<LookupSettings> read = new ArrayList<>();
        // Together they have no more time than a lookup has.
        Duration standard = PaidLookups.TIMEOUT.dividedBy(Math.max(1, providers.size()));
        for (String name : providers.keySet()) {
            read.add(provider(all, name, standard));
        }
        return List.copyOf(read);
    }

    private LookupSettings provider(Options all, String name, Duration timeout) {
        if (!NAME.matcher(name).matches()) {
            throw all.wrong(
                    name, "must be named by 1 to 32 lower-case letters, digits and hyphens, the first no hyphen");
        }
        Options options = all.section(name);
        String word = options.text("kind");
        LookupKind kind = kinds.get(word);
        if (kind == null) {
            // What stands there may be anything, even a secret in the wrong line.
            String shown = NAME.matcher(word).matches() ? "'" + word + "' is not known; " : "";
            throw options.wrong("kind", shown + "must be one of " + String.join(", ", kinds.keySet()));
        }
        LookupSettings settings = new LookupSettings(
                name,
                kind,
                countries(options),
                price(options, "price"),
                price(options, "cnam_price"),
                options.duration("timeout", timeout, Duration.ofMillis(100), PaidLookups.TIMEOUT),
                options.section("options"));
        options.refuseUnknown();
        return settings;
    }

    private static Countries countries(Options options) {
        List<String> codes = options.textOrTexts("countries");
        try {
            return codes.isEmpty() ? Countries.ALL : Countries.parse(String.join(",", codes));
        } catch (IllegalArgumentException e) {
            throw options.wrong("countries", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Money> price(Options options, String name) {
        return options.optionalText(name).map(text -> {
            var amount = AMOUNT.matcher(text);
            if (!amount.matches()) {
                throw options.wrong(name, "must be an amount and a currency, such as 0.0075 EUR");
            }
            return Money.of(amount.group(1), amount.group(2));
        });
    }
}
