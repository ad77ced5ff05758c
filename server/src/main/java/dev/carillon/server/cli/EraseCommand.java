// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.cli.Administration.Removed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code erase}: the right to be forgotten. */
@Command(
        name = "erase",
        description = {
            "Forget a number in all accounts, at once and without a question. Prints what was removed.",
            "Its entries in block-lists and test numbers go too; a prefix in a block-list stays."
        })
final class EraseCommand extends StoreCommand {
    @Option(names = "--phone", required = true, paramLabel = "+E164", description = "The number.")
    private String phone;

    EraseCommand(Context context) {
        super(context);
    }

    @Override
    Consumer<Administration> prepare() {
        String e164 = readNumber("--phone", phone);
        return administration -> {
            List<Removed> removed = administration.erase(e164);
            Map<String, Object> counts = new LinkedHashMap<>();
            removed.forEach(kind -> counts.put(kind.what().replaceAll("[ -]", "_"), kind.count()));
            print(
                    Map.of("removed", counts),
                    removed.stream()
                            .map(kind -> String.format(Locale.ROOT, "%8d  %s removed", kind.count(), kind.what()))
                            .collect(Collectors.joining("\n")));
        };
    }
}
