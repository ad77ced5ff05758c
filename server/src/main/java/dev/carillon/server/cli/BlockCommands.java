// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code block add|remove|list}. */
@Command(name = "block", description = "The block-list of an account: numbers that get no code.")
final class BlockCommands {
    private BlockCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(new BlockCommands(), new Add(context), new Remove(context), new List_(context));
    }

    private abstract static class One extends OneAccountCommand {
        @Parameters(
                index = "1",
                paramLabel = "+E164|+PREFIX*",
                description = "A number, or the beginning of many with a star ('+3361*', in quotes for the shell).")
        private String pattern;

        One(Context context) {
            super(context);
        }

        String pattern() {
            return read("+E164|+PREFIX*", pattern, text -> {
                if (!text.matches("\\+[1-9]([0-9]{0,14}\\*|[0-9]{6,14})")) {
                    throw new IllegalArgumentException(
                            "'" + text + "' is not a number (+33612345678) or a prefix (+3361*)");
                }
                return text;
            });
        }
    }

    @Command(name = "add", description = "Block a number or all that begin alike.")
    private static final class Add extends One {
        Add(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            String blocked = pattern();
            return administration -> {
                administration.addBlock(account, blocked);
                print(Map.of("added", blocked), blocked + " is blocked.");
            };
        }
    }

    @Command(name = "remove", description = "Unblock what was added, written as it was.")
    private static final class Remove extends One {
        Remove(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            String blocked = pattern();
            return administration -> {
                if (!administration.removeBlock(account, blocked)) {
                    throw new AdministrationException(blocked + " is not in the block-list of the account " + account);
                }
                print(Map.of("removed", blocked), blocked + " is removed.");
            };
        }
    }

    @Command(name = "list", description = "The block-list of an account.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration ->
                    printAll(administration.blocks(account), block -> block, block -> block, "Nothing is blocked.");
        }
    }
}
