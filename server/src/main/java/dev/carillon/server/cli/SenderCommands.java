// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sender add|remove|list|import|export}. */
@Command(
        name = "sender",
        description =
                "The sender ids that an account's requests may name, and where: those that are registered for it.")
final class SenderCommands {
    private SenderCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(
                new SenderCommands(),
                new Add(context),
                new Remove(context),
                new List_(context),
                new Import(context),
                new Export(context));
    }

    private static Map<String, Object> json(AccountSender sender) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sender_id", sender.id());
        view.put("countries", countries(sender));
        return view;
    }

    private static Object countries(AccountSender sender) {
        return sender.countries().equals(Countries.ALL)
                ? "all"
                : List.copyOf(sender.countries().codes());
    }

    private static String text(AccountSender sender) {
        return String.format(Locale.ROOT, "%-16s  %s", sender.id(), sender.countries());
    }

    @Command(name = "add", description = "Allow a sender id, or change where it is allowed.")
    private static final class Add extends OneAccountCommand {
        @Parameters(
                index = "1",
                paramLabel = "SENDER",
                description = "1 to 11 letters, digits, spaces or ._&- with a letter among them, or a number.")
        private String sender;

        @Option(
                names = "--countries",
                paramLabel = "DE,FR|all",
                defaultValue = "all",
                description = "Where: ISO 3166 codes. Default: all.")
        private String countries;

        Add(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            Countries where = read("--countries", countries, Countries::parse);
            AccountSender added = read("SENDER", sender, text -> new AccountSender(text, where));
            return administration -> {
                administration.putSenders(account, List.of(added));
                print(json(added), text(added));
            };
        }
    }

    @Command(name = "remove", description = "Allow a sender id no more, in any country.")
    private static final class Remove extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "SENDER", description = "The sender id.")
        private String sender;

        Remove(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> {
                if (!administration.removeSender(account, sender)) {
                    throw new AdministrationException(sender + " is not a sender of the account " + account);
                }
                print(Map.of("removed", sender), sender + " is removed.");
            };
        }
    }

    @Command(
            name = "list",
            description =
                    "The sender ids of an account, those of `account set --senders` (good everywhere) among them.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> printAll(
                    administration.senders(account),
                    SenderCommands::json,
                    SenderCommands::text,
                    "No senders: requests cannot name any.");
        }
    }

    @Command(
            name = "import",
            description = {
                "Add or change the senders of a YAML file, all or none; others stay.",
                "senders: {Acme: all, Acme-DE: [DE, AT]}"
            })
    private static final class Import extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "FILE", description = "The file; - for stdin.")
        private String file;

        Import(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            List<AccountSender> senders = YamlFiles.senders(YamlFiles.read(file));
            return administration -> {
                administration.putSenders(account, senders);
                print(Map.of("imported", senders.size()), senders.size() + " senders are saved.");
            };
        }
    }

    @Command(name = "export", description = "Write the senders to a YAML file that import reads.")
    private static final class Export extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "FILE", description = "The file, which is replaced; - for stdout.")
        private String file;

        Export(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> {
                List<AccountSender> senders = administration.senders(account);
                Map<String, Object> tree = new LinkedHashMap<>();
                senders.forEach(sender -> tree.put(sender.id(), countries(sender)));
                YamlFiles.write(file, Map.of(YamlFiles.SENDERS, tree), context().out());
                if (!file.equals(YamlFiles.STANDARD)) {
                    print(Map.of("exported", senders.size()), senders.size() + " senders are in " + file + ".");
                }
            };
        }
    }
}
