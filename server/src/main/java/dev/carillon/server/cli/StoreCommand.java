// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.log.Logging;
import java.util.function.Consumer;

/** A command on the store: reads its arguments first, and opens the store only when they make sense. */
abstract class StoreCommand extends SettingsCommand {
    StoreCommand(Context context) {
        super(context);
    }

    /** What to do, made of arguments that were checked. */
    abstract Consumer<Administration> prepare();

    @Override
    public final Integer call() {
        Consumer<Administration> task = prepare();
        Logging.bridge();
        try (Administration administration = context().wiring().administration(config())) {
            task.accept(administration);
        }
        return 0;
    }
}
