// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.cli.Backups.Copy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: a store from a backup. */
@Command(
        name = "restore",
        description = {
            "Make a store in the data folder from a file that `carillon backup` made. A folder that has a store is refused.",
            "It takes the master secret of the store: from CARILLON_MASTER_SECRET, from master.key in the data folder, or from --master-key."
        })
final class RestoreCommand extends SettingsCommand {
    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file;

    @Option(
            names = "--master-key",
            paramLabel = "FILE",
            description = "A copy of the store's master.key; it is put into the data folder.")
    private @Nullable Path masterKey;

    RestoreCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        Copy copy = context().wiring().backups(config()).restore(file, Optional.ofNullable(masterKey));
        print(
                Map.of("bytes", copy.bytes(), "schema_version", copy.schemaVersion()),
                "Restored. What was answered after the backup was begun is not there: numbers that were erased since"
                        + " have to be erased again.");
        return 0;
    }
}
