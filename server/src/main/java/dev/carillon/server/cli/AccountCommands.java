// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Account;
import dev.carillon.server.cli.Administration.NewAccount;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code account create|list|show|suspend|resume|set}. */
@Command(
        name = "account",
        description = "The customers: make them, see them, suspend them, set what their verifications are like.")
final class AccountCommands {
    private AccountCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(
                new AccountCommands(),
                new Create(context),
                new List_(context),
                new Show(context),
                new Suspend(context),
                new Resume(context),
                new AccountSetCommand(context));
    }

    @Command(
            name = "create",
            description = {
                "Make an account and its first API key.",
                "The key is shown this once; only its hash is stored. With --json prints"
                        + " {\"customer_uuid\": …, \"api_key\": …}."
            })
    private static final class Create extends StoreCommand {
        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "For people; 1 to 100 characters.")
        private String name;

        Create(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            if (name.isBlank() || name.length() > 100) {
                throw usage("--name: must be 1 to 100 characters");
            }
            return administration -> {
                NewAccount made = administration.createAccount(name);
                Map<String, Object> view = new LinkedHashMap<>();
                view.put("customer_uuid", made.account().id());
                view.put("api_key", made.key().apiKey().value());
                print(view, """
                        The account %s is made.

                          customer_uuid  %s
                          api_key        %s

                        Keep the key: it is shown this once.
                        """.formatted(
                                made.account().name(),
                                made.account().id(),
                                made.key().apiKey().value()));
            };
        }
    }

    @Command(name = "list", description = "All accounts, oldest first.")
    private static final class List_ extends StoreCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            return administration -> printAll(
                    administration.accounts(),
                    AccountView::json,
                    account -> String.format(
                            Locale.ROOT, "%s  %-9s  %s", account.id(), AccountView.status(account), account.name()),
                    "No accounts yet: carillon account create --name NAME");
        }
    }

    /** Does something to an account, and shows it. */
    private abstract static class Showing extends OneAccountCommand {
        private final BiFunction<Administration, UUID, Account> action;

        Showing(Context context, BiFunction<Administration, UUID, Account> action) {
            super(context);
            this.action = action;
        }

        @Override
        final Consumer<Administration> prepare(UUID account) {
            return administration -> {
                Account result = action.apply(administration, account);
                print(AccountView.json(result), AccountView.text(result));
            };
        }
    }

    @Command(name = "show", description = "One account with its policy.")
    private static final class Show extends Showing {
        Show(Context context) {
            super(context, Administration::account);
        }
    }

    @Command(name = "suspend", description = "Refuse all requests of an account; it loses nothing.")
    private static final class Suspend extends Showing {
        Suspend(Context context) {
            super(context, Administration::suspend);
        }
    }

    @Command(name = "resume", description = "Accept the requests of a suspended account again.")
    private static final class Resume extends Showing {
        Resume(Context context) {
            super(context, Administration::resume);
        }
    }
}
