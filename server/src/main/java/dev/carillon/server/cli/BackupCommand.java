// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.cli.Backups.Copy;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup}: a copy of the file store while it is in use. */
@Command(
        name = "backup",
        description = {
            "Copy the store in the data folder to a file, while servers run on it. All that was answered before is in the copy.",
            "It is looked through, and opened with the master secret, before it appears. The secret is not in it: keep that elsewhere.",
            "For PostgreSQL use its own tools."
        })
final class BackupCommand extends SettingsCommand {
    @Parameters(paramLabel = "FILE", description = "The file to make. There must be none of that name.")
    private Path file;

    BackupCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        Copy copy = context().wiring().backups(config()).make(file);
        print(
                Map.of(
                        "file",
                        file.toAbsolutePath().toString(),
                        "bytes",
                        copy.bytes(),
                        "schema_version",
                        copy.schemaVersion()),
                String.format(
                        Locale.ROOT,
                        "%s: %,d bytes, schema version %d. It opens with the master secret, which is not in it.",
                        file,
                        copy.bytes(),
                        copy.schemaVersion()));
        return 0;
    }
}
