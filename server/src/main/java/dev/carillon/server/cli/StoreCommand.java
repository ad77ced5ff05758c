// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.log.Logging;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command on the store: reads its arguments first, and opens the store only when they make sense. */
@Command(
        sortOptions = false,
        usageHelpAutoWidth = true,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n")
abstract class StoreCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    StoreCommand(Context context) {
        this.context = context;
    }

    /** What to do, made of arguments that were checked. */
    abstract Consumer<Administration> prepare();

    @Override
    public final Integer call() {
        Consumer<Administration> task = prepare();
        Logging.bridge();
        try (Administration administration = context.wiring().administration(context.config(spec))) {
            task.accept(administration);
        }
        return 0;
    }

    Context context() {
        return context;
    }

    /** Prints one result: what a program reads, or what a person does. */
    void print(Object forPrograms, String forPeople) {
        context.out().print((json ? Json.write(forPrograms) : forPeople).stripTrailing() + "\n");
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

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
