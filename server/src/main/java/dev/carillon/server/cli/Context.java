// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.config.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** The flags that {@link #addSettings} gives a server. */
    static Set<String> serverFlags() {
        Set<String> flags = new HashSet<>(Set.of(CONFIG));
        Settings.options(true).forEach(option -> flags.add(option.flag()));
        return flags;
    }

    /** The configuration under the options of the command that was parsed. */
    ServerConfig config(CommandSpec spec) {
        ParseResult given = spec.commandLine().getParseResult();
        Map<String, String> flags = new HashMap<>();
        for (String flag : serverFlags()) {
            if (given.hasMatchedOption(flag)) {
                flags.put(flag, given.matchedOptionValue(flag, ""));
            }
        }
        return config(flags);
    }

    /**
     * The configuration under options.
     *
     * @param flags values by flag, such as {@code --port}
     */
    ServerConfig config(Map<String, String> flags) {
        Map<String, String> options = new HashMap<>();
        for (Settings.Option option : Settings.options(true)) {
            String value = flags.get(option.flag());
            if (value != null) {
                options.put(option.name(), value);
            }
        }
        return ConfigLoader.load(options, Optional.ofNullable(flags.get(CONFIG)).map(Path::of), environment);
    }
}
