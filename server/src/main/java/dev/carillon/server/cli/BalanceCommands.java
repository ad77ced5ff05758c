// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Spending;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Posting;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.Books;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code balance show|topup|history|verify}. */
@Command(name = "balance", description = "What accounts have paid in and spent.")
final class BalanceCommands {
    private BalanceCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(
                new BalanceCommands(),
                new Show(context),
                new TopUp(context),
                new History(context),
                new Verify(context));
    }

    private static void print(SettingsCommand command, Accounting.Balance balance) {
        Spending spending = balance.account().policy().spending();
        Amounts amounts = balance.amounts();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("customer_uuid", balance.account().id());
        view.put("currency", balance.currency());
        view.put("balance", Amount.text(amounts.available()));
        view.put("reserved", Amount.text(amounts.reserved()));
        view.put("charged", Amount.text(amounts.charged()));
        view.put("funded", Amount.text(amounts.funded()));
        view.put("prepaid", spending.prepaid());
        view.put("floor", Amount.text(spending.floor()));
        String currency = balance.currency().orElse("(no prices)");
        command.print(
                view,
                String.format(
                        Locale.ROOT,
                        "balance   %s %s%s%nreserved  %s%ncharged   %s%nfunded    %s",
                        Amount.text(amounts.available()),
                        currency,
                        spending.prepaid() ? ", prepaid, not below " + Amount.text(spending.floor()) : ", not limited",
                        Amount.text(amounts.reserved()),
                        Amount.text(amounts.charged()),
                        Amount.text(amounts.funded())));
    }

    @Command(
            name = "show",
            description =
                    "The balance of an account: what was funded, less what is reserved for messages on their way and what was charged.")
    private static final class Show extends OneAccountCommand {
        Show(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration ->
                    BalanceCommands.print(this, administration.accounting().balance(account));
        }
    }

    @Command(
            name = "topup",
            description =
                    "Credit an amount to an account, or take it back when it is negative. Each call does so once more.")
    private static final class TopUp extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "AMOUNT", description = "Such as 100 or \"100 EUR\".")
        private String amount;

        @Option(names = "--note", paramLabel = "TEXT", description = "For the history; at most 200 characters.")
        private @Nullable String note;

        TopUp(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            Amount.Given given = read("AMOUNT", amount, Amount::parse);
            if (given.micros() == 0) {
                throw usage("AMOUNT: nothing is nothing to credit");
            }
            if (note != null && (note.length() > 200 || note.chars().anyMatch(Character::isISOControl))) {
                throw usage("--note: must be at most 200 characters, no control characters");
            }
            return administration -> BalanceCommands.print(
                    this,
                    administration
                            .accounting()
                            .topUp(account, given.micros(), given.currency(), Optional.ofNullable(note)));
        }
    }

    @Command(name = "history", description = "The newest entries of an account's books, newest first.")
    private static final class History extends OneAccountCommand {
        private static final int MAX = 10_000;

        @Option(
                names = "--limit",
                paramLabel = "50",
                defaultValue = "50",
                description = "How many, at most 10000. Default: 50.")
        private String limit;

        History(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            int most = read("--limit", limit, text -> {
                if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > MAX) {
                    throw new IllegalArgumentException("'" + text + "' is not a number from 1 to " + MAX);
                }
                return Integer.parseInt(text);
            });
            return administration -> {
                List<BalanceEntry> entries = administration.accounting().history(account, most);
                print(
                        entries.stream().map(History::json).toList(),
                        entries.isEmpty()
                                ? "There are no entries."
                                : entries.stream().map(History::text).collect(Collectors.joining("\n")));
            };
        }

        private static Map<String, Object> json(BalanceEntry entry) {
            Posting posting = entry.posting();
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("kind", kind(entry));
            if (!entry.isCarried()) {
                view.put("at", posting.at());
            }
            view.put("balance", Amount.text(posting.change().available()));
            view.put("reserved", Amount.text(posting.change().reserved()));
            view.put("charged", Amount.text(posting.change().charged()));
            view.put("funded", Amount.text(posting.change().funded()));
            posting.verification().ifPresent(verification -> view.put("authentication_uuid", verification));
            posting.cost().ifPresent(cost -> view.put("cost", cost.toString()));
            posting.note().ifPresent(note -> view.put("note", note));
            return view;
        }

        private static String text(BalanceEntry entry) {
            Posting posting = entry.posting();
            return String.format(
                            Locale.ROOT,
                            "%-24s  %-7s  balance %10s  reserved %10s  charged %10s  %s",
                            entry.isCarried() ? "before that" : posting.at(),
                            kind(entry),
                            Amount.text(posting.change().available()),
                            Amount.text(posting.change().reserved()),
                            Amount.text(posting.change().charged()),
                            posting.verification()
                                            .map(UUID::toString)
                                            .or(posting::note)
                                            .orElse("")
                                    + posting.cost()
                                            .map(cost -> "  cost " + cost)
                                            .orElse(""))
                    .stripTrailing();
        }

        private static String kind(BalanceEntry entry) {
            return entry.isCarried() ? "carried" : entry.posting().kind().name().toLowerCase(Locale.ROOT);
        }
    }

    @Command(
            name = "verify",
            description = {
                "Count all books by two ways: the sum of an account's entries must be its balance.",
                "Exit code 1 when it is not. Servers may run meanwhile."
            })
    private static final class Verify extends StoreCommand {
        Verify(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            return administration -> {
                Books.Count count = administration.accounting().verify();
                if (!count.differences().isEmpty()) {
                    throw new AdministrationException("the books are wrong:\n"
                            + count.differences().stream().map(Verify::text).collect(Collectors.joining("\n")));
                }
                print(
                        Map.of("accounts", count.accounts(), "differences", List.of()),
                        "The books of " + count.accounts() + (count.accounts() == 1 ? " account" : " accounts")
                                + " are right.");
            };
        }

        private static String text(Books.Difference difference) {
            return "account " + difference.account() + ": entries " + text(difference.entries()) + ", balance "
                    + text(difference.balance());
        }

        private static String text(Amounts amounts) {
            return Amount.text(amounts.available()) + " available, " + Amount.text(amounts.reserved()) + " reserved, "
                    + Amount.text(amounts.charged()) + " charged, " + Amount.text(amounts.funded()) + " funded";
        }
    }
}
