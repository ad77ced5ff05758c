// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.config.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What a command runs in. */
record Context(Wiring wiring, Map<String, String> environment, PrintStream out, PrintStream err) {
    private static final String CONFIG = "--config";

    /** Gives a command the settings as options. */
    static void addSettings(CommandSpec spec, boolean server) {
        for (Settings.Option option : Settings.options(server)) {
            spec.addOption(text(option.flag(), option.placeholder(), option.help()));
        }
        spec.addOption(text(
                CONFIG,
                "FILE",
                "A YAML file of settings, named as these options without the dashes. The environment (CARILLON_PORT, …) has"
                        + " precedence over it, and options over both."));
    }

    private static OptionSpec text(String flag, String placeholder, String help) {
        return OptionSpec.builder(flag)
                .paramLabel(placeholder)
                .type(String.class)
                .arity("1")
                // In a description a percent sign begins a format.
                .description(help.replace("%", "%%"))
                .build();
    }

    /** The configuration under the options of the command that was parsed. */
    ServerConfig config(CommandSpec spec) {
        ParseResult given = spec.commandLine().getParseResult();
        Map<String, String> options = new HashMap<>();
        for (Settings.Option option : Settings.options(true)) {
            if (given.hasMatchedOption(option.flag())) {
                options.put(option.name(), given.matchedOptionValue(option.flag(), ""));
            }
        }
        Optional<Path> file = given.hasMatchedOption(CONFIG)
                ? Optional.of(Path.of(given.<String>matchedOptionValue(CONFIG, "")))
                : Optional.empty();
        return ConfigLoader.load(options, file, environment);
    }
}
