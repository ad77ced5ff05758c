// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** A command on one account, whose id is the first argument. */
abstract class OneAccountCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "UUID", description = "The account.")
    private String id;

    OneAccountCommand(Context context) {
        super(context);
    }

    /** What to do with the account, made of arguments that were checked. */
    abstract Consumer<Administration> prepare(UUID account);

    @Override
    final Consumer<Administration> prepare() {
        return prepare(readId("UUID", id));
    }
}
