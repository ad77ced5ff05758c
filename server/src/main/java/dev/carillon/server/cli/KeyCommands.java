// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.cli.Administration.ApiKey;
import dev.carillon.server.cli.Administration.NewKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code key create|list|revoke}. */
@Command(
        name = "key",
        description = "The API keys of an account. To replace one: create, put it to use, revoke the old one.")
final class KeyCommands {
    private KeyCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(new KeyCommands(), new Create(context), new List_(context), new Revoke(context));
    }

    @Command(name = "create", description = "Make one more key. It is shown this once; only its hash is stored.")
    private static final class Create extends OneAccountCommand {
        Create(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> {
                NewKey key = administration.createKey(account);
                Map<String, Object> view = new LinkedHashMap<>();
                view.put("key_id", key.id());
                view.put("api_key", key.apiKey().value());
                print(view, """
                        The key is made.

                          key_id   %s
                          api_key  %s

                        Keep it: it is shown this once.
                        """.formatted(key.id(), key.apiKey().value()));
            };
        }
    }

    @Command(name = "list", description = "The keys that are accepted, oldest first.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> printAll(
                    administration.keys(account),
                    List_::json,
                    key -> key.id() + "  made " + key.createdAt(),
                    "No keys: nothing can speak for this account.");
        }

        private static Map<String, Object> json(ApiKey key) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("key_id", key.id());
            view.put("created_at", key.createdAt());
            return view;
        }
    }

    @Command(name = "revoke", description = "Refuse a key from now on.")
    private static final class Revoke extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "KEY_ID", description = "The key's id, as list shows it; not the key.")
        private String key;

        Revoke(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            UUID keyId = readId("KEY_ID", key);
            return administration -> {
                if (!administration.revokeKey(account, keyId)) {
                    throw new AdministrationException("the account " + account + " has no key " + keyId);
                }
                print(Map.of("revoked", keyId), "The key " + keyId + " is revoked.");
            };
        }
    }
}
