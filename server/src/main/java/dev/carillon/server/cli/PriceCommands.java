// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.PriceCsv;
import dev.carillon.core.balance.PriceLine;
import dev.carillon.core.balance.PriceList;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code price set|import|list|clear}. */
@Command(
        name = "price",
        description = {
            "What accounts pay for verifications and messages. What the operator pays its providers is a setting of each connection.",
            "New prices are for verifications that are made from now on."
        })
final class PriceCommands {
    private static final int MAX_BYTES = 1 << 20;

    private PriceCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(
                new PriceCommands(), new Set(context), new Import(context), new List_(context), new Clear(context));
    }

    private static Object json(PriceList list) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("currency", list.currency());
        view.put("prices", list.lines().stream().map(PriceCommands::json).toList());
        return view;
    }

    private static Map<String, Object> json(PriceLine line) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("item", line.item().name().toLowerCase(Locale.ROOT));
        line.channel().map(Channel::text).ifPresent(channel -> view.put("channel", channel));
        line.country().ifPresent(country -> view.put("country", country));
        line.network().map(Network::code).ifPresent(network -> view.put("network", network));
        view.put("price", Amount.text(line.micros()));
        view.put("charge", line.atCost() ? "cost" : "price");
        return view;
    }

    @Command(
            name = "set",
            description = {
                "Set one price, such as: price set UUID message \"0.05 EUR\" --channel sms --country FR",
                "The price that names more of channel, country and network is meant."
            })
    private static final class Set extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "verification|message", description = "What has the price.")
        private String item;

        @Parameters(index = "2", paramLabel = "PRICE", description = "Such as \"0.05 EUR\"; all in one currency.")
        private String price;

        @Option(names = "--channel", paramLabel = "sms", defaultValue = "", description = "Default: any.")
        private String channel;

        @Option(names = "--country", paramLabel = "FR", defaultValue = "", description = "ISO 3166. Default: any.")
        private String country;

        @Option(
                names = "--network",
                paramLabel = "20801",
                defaultValue = "",
                description = "MCC and MNC. Default: any.")
        private String network;

        @Option(
                names = "--charge",
                paramLabel = "price|cost",
                defaultValue = "price",
                description = "cost: what the operator pays, and the price where that is not known.")
        private String charge;

        Set(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            Money money = read("PRICE", price, PriceCsv::price);
            PriceLine line =
                    read("price", item, text -> PriceCsv.line(text, channel, country, network, money.micros(), charge));
            return administration -> {
                PriceList list = administration.accounting().putPrice(account, line, money.currency());
                print(json(list), PriceCsv.write(list));
            };
        }
    }

    @Command(
            name = "import",
            description = {
                "Replace all prices of an account by those of a CSV file. Its first line names the columns:",
                "item,channel,country,network,price,charge"
            })
    private static final class Import extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "FILE", description = "The file; - for stdin.")
        private String file;

        Import(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            PriceList list = prices();
            return administration -> {
                administration.accounting().setPrices(account, Optional.of(list));
                print(Map.of("imported", list.lines().size()), list.lines().size() + " prices are set.");
            };
        }

        private PriceList prices() {
            try (InputStream in = file.equals(YamlFiles.STANDARD) ? System.in : Files.newInputStream(Path.of(file))) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new AdministrationException("the file " + file + " has more than " + MAX_BYTES + " bytes");
                }
                return PriceCsv.read(new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException | InvalidPathException e) {
                throw new AdministrationException("the file " + file + " cannot be read", e);
            } catch (IllegalArgumentException e) {
                throw new AdministrationException("the file " + file + ":\n" + e.getMessage(), e);
            }
        }
    }

    @Command(name = "list", description = "The prices of an account, as import reads them.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> {
                Optional<PriceList> list = administration.accounting().prices(account);
                print(
                        list.map(PriceCommands::json).orElseGet(() -> Map.of("prices", List.of())),
                        list.map(PriceCsv::write).orElse("No prices: nothing is charged."));
            };
        }
    }

    @Command(
            name = "clear",
            description = "Remove all prices of an account: nothing is charged for what is made from now on.")
    private static final class Clear extends OneAccountCommand {
        Clear(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> {
                administration.accounting().setPrices(account, Optional.empty());
                print(Map.of("cleared", account), "The account has no prices any more.");
            };
        }
    }
}
