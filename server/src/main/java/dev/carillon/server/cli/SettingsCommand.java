// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ServerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that reads the settings and prints one result. */
@Command(
        sortOptions = false,
        usageHelpAutoWidth = true,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n")
abstract class SettingsCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    SettingsCommand(Context context) {
        this.context = context;
    }

    Context context() {
        return context;
    }

    ServerConfig config() {
        return context.config(spec);
    }

    /** Prints one result: what a program reads, or what a person does. */
    void print(Object forPrograms, String forPeople) {
        context.out().print((json ? Json.write(forPrograms) : forPeople).stripTrailing() + "\n");
    }

    /**
     * Prints many: an array, or a line for each.
     *
     * @param none what people read when there are none
     */
    <T> void printAll(List<T> all, Function<T, ?> forPrograms, Function<T, String> forPeople, String none) {
        print(
                all.stream().map(forPrograms).toList(),
                all.isEmpty() ? none : all.stream().map(forPeople).collect(Collectors.joining("\n")));
    }

    /** Reads an argument; what is wrong with it becomes a usage error that names it. */
    <T> T read(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw usage(name + ": " + e.getMessage());
        }
    }

    UUID readId(String name, String text) {
        return read(name, text, value -> {
            if (!value.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                throw new IllegalArgumentException("'" + value + "' is not a UUID");
            }
            return UUID.fromString(value);
        });
    }

    String readNumber(String name, String text) {
        return read(name, text, value -> {
            if (!value.matches("\\+[1-9][0-9]{6,14}")) {
                throw new IllegalArgumentException(
                        "'" + value + "' is not a number in E.164 form, such as +33612345678");
            }
            return value;
        });
    }

    /** Reads an option that was given as {@code NAME=VALUE} any number of times. */
    Map<String, String> readPairs(String option, List<String> given) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw usage(option + ": '" + text + "' is not NAME=VALUE");
            }
            String name = text.substring(0, equals);
            if (pairs.put(name, text.substring(equals + 1)) != null) {
                throw usage(option + ": " + name + " is there twice");
            }
        }
        return pairs;
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
