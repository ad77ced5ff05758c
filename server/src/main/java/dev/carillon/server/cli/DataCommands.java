// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.lookup.DataException;
import dev.carillon.server.lookup.DataFolder;
import dev.carillon.server.lookup.DataFolder.Version;
import dev.carillon.server.lookup.DataKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data import|list|rollback}: the tables behind lookups. They lie in the data folder of the machine and need no store. */
@Command(
        name = "data",
        description =
                "Data on numbers that lookups use besides what the program brings along. A running server takes it within seconds.")
final class DataCommands {
    private DataCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(new DataCommands(), new Import(context), new List_(context), new RollBack(context));
    }

    private abstract static class DataCommand extends SettingsCommand {
        private final Clock clock = Clock.systemUTC();

        DataCommand(Context context) {
            super(context);
        }

        DataKind kind(String word) {
            return read("KIND", word, text -> DataKind.of(text)
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                            + Stream.of(DataKind.values()).map(DataKind::word).collect(Collectors.joining(", ")))));
        }

        DataFolder folder() {
            return new DataFolder(config().dataDir(), clock);
        }

        Map<String, Object> json(Version version) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", version.kind().word());
            json.put("version", version.number());
            json.put("in_use", version.current());
            json.put("imported_at", version.imported().toString());
            json.put("entries", version.lines());
            return json;
        }

        String line(Version version) {
            long days = Duration.between(version.imported(), clock.instant()).toDays();
            return version.kind().word() + " " + version.number() + ": " + version.lines() + " entries, "
                    + (days == 0 ? "imported today" : "imported " + days + (days == 1 ? " day ago" : " days ago"))
                    + (version.current() ? ", in use" : "");
        }

        abstract void run();

        @Override
        public final Integer call() {
            try {
                run();
            } catch (DataException e) {
                throw new AdministrationException(String.valueOf(e.getMessage()));
            }
            return 0;
        }
    }

    @Command(
            name = "import",
            description = {
                "Take a file into use.",
                "networks: the JSON of mcc-mnc-list, or Android's carrier_list.textpb.",
                "disposable: iP1's number-list.json, or a list with a number on each line.",
                "ported: NUMBER,NETWORK on each line, such as +33612345678,20801.",
                "ranges: libphonenumber's metadata.zip."
            })
    private static final class Import extends DataCommand {
        @Parameters(index = "0", paramLabel = "KIND", description = "networks, disposable, ported or ranges.")
        private String kind;

        @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
        private Path file;

        @Option(names = "--force", description = "Also when the file has less than half of the entries in use.")
        private boolean force;

        Import(Context context) {
            super(context);
        }

        @Override
        void run() {
            Version version = folder().importFile(kind(kind), file, force);
            print(json(version), line(version));
        }
    }

    @Command(name = "list", description = "What was imported, and how old it is.")
    private static final class List_ extends DataCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        void run() {
            List<Version> versions = folder().list();
            print(
                    versions.stream().map(this::json).toList(),
                    versions.isEmpty()
                            ? "Nothing was imported; lookups use what the program brings along."
                            : versions.stream().map(this::line).collect(Collectors.joining("\n")));
        }
    }

    @Command(name = "rollback", description = "Go back to the version before the one in use.")
    private static final class RollBack extends DataCommand {
        @Parameters(paramLabel = "KIND", description = "networks, disposable, ported or ranges.")
        private String kind;

        RollBack(Context context) {
            super(context);
        }

        @Override
        void run() {
            Version version = folder().rollBack(kind(kind));
            print(json(version), line(version));
        }
    }
}
