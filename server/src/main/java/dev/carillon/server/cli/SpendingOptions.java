// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Spending;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code account set} on what an account may spend. */
final class SpendingOptions {
    @Option(
            names = "--prepaid",
            paramLabel = "true|false",
            description = "Whether what the balance does not cover is refused; if not, it is only counted.")
    private @Nullable String prepaid;

    @Option(
            names = "--floor",
            paramLabel = "AMOUNT",
            description = "What a prepaid balance must not fall below; negative for a credit.")
    private @Nullable String floor;

    @Option(
            names = "--daily-cap",
            paramLabel = "[COUNTRY=]AMOUNT",
            description =
                    "The most to be spent in a day (UTC), in all or in one country, such as DE=50; off for none. Repeatable.")
    private @Nullable List<String> caps;

    @Option(
            names = "--refund-undelivered",
            paramLabel = "true|false",
            description = "Whether messages are given back that were sent and did not arrive.")
    private @Nullable String refundUndelivered;

    boolean isUntouched() {
        return Stream.of(prepaid == null, floor == null, caps == null, refundUndelivered == null)
                .allMatch(untouched -> untouched);
    }

    /** What is given, and the rest as it was. */
    Spending change(Spending before, SettingsCommand command) {
        Optional<Long> cap = before.dailyCap();
        Map<String, Long> countryCaps = new TreeMap<>(before.countryCaps());
        for (String text : caps == null ? List.<String>of() : caps) {
            int equals = text.indexOf('=');
            String amount = text.substring(equals + 1);
            Optional<Long> given = amount.equals("off")
                    ? Optional.empty()
                    : Optional.of(command.read("--daily-cap", amount, Amount::micros));
            if (equals < 0) {
                cap = given;
            } else {
                String country = command.read("--daily-cap", text.substring(0, equals), SpendingOptions::country);
                countryCaps.remove(country);
                given.ifPresent(micros -> countryCaps.put(country, micros));
            }
        }
        return new Spending(
                prepaid == null ? before.prepaid() : command.read("--prepaid", prepaid, SpendingOptions::flag),
                floor == null ? before.floor() : command.read("--floor", floor, Amount::micros),
                cap,
                countryCaps,
                refundUndelivered == null
                        ? before.refundUndelivered()
                        : command.read("--refund-undelivered", refundUndelivered, SpendingOptions::flag));
    }

    private static String country(String text) {
        Countries countries = Countries.parse(text);
        if (countries.codes().size() != 1) {
            throw new IllegalArgumentException("'" + text + "' is not one country");
        }
        return countries.codes().iterator().next();
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not true or false");
        };
    }
}
