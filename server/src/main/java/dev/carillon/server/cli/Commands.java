// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, by picocli. */
final class Commands {
    /** Each command is a class with annotations to be read, so only the one that is asked for is made. */
    private static final Map<String, Function<Context, CommandLine>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", context -> leaf(new DemoCommand(context)));
        COMMANDS.put("serve", context -> line(ServeCommand.spec(context)));
        COMMANDS.put("account", AccountCommands::group);
        COMMANDS.put("key", KeyCommands::group);
        COMMANDS.put("test-number", TestNumberCommands::group);
        COMMANDS.put("block", BlockCommands::group);
        COMMANDS.put("sender", SenderCommands::group);
        COMMANDS.put("template", TemplateCommands::group);
        COMMANDS.put("environment", EnvironmentCommands::group);
        COMMANDS.put("connection", ConnectionCommands::group);
        COMMANDS.put("data", DataCommands::group);
        COMMANDS.put("price", PriceCommands::group);
        COMMANDS.put("balance", BalanceCommands::group);
        COMMANDS.put("webhook", WebhookCommands::group);
        COMMANDS.put("backup", context -> leaf(new BackupCommand(context)));
        COMMANDS.put("restore", context -> leaf(new RestoreCommand(context)));
        COMMANDS.put("erase", context -> leaf(new EraseCommand(context)));
        COMMANDS.put("secret", SecretCommands::group);
        COMMANDS.put("version", context -> leaf(new VersionCommand(context)));
        COMMANDS.put("warm-up", context -> leaf(new WarmUpCommand(context)));
    }

    private static final Set<String> VERSION = Set.of("-V", "--version");

    private Commands() {}

    /** Runs one command; never throws and never ends the JVM. */
    static int run(List<String> arguments, Context context) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        CommandLine root = root();
        Function<Context, CommandLine> named = COMMANDS.get(first);
        if (named != null) {
            root.addSubcommand(first, named.apply(context));
        } else if (!VERSION.contains(first)) {
            COMMANDS.forEach((name, command) -> root.addSubcommand(name, command.apply(context)));
        }
        root.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        root.setUsageHelpWidth(100);
        root.setParameterExceptionHandler(Commands::notUnderstood);
        root.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        int code = root.execute(arguments.toArray(String[]::new));
        context.out().flush();
        return code;
    }

    private static CommandLine root() {
        CommandSpec spec = CommandSpec.create()
                .name("carillon")
                .versionProvider(new VersionCommand.Provider())
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
        spec.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .description("A self-hosted phone verification server.")
                .footerHeading("%n")
                .footer(
                        "Try `carillon demo` first. `carillon COMMAND --help` tells more of each command.",
                        "Exit codes: 0 done, 1 failed, 2 not understood.");
        return new CommandLine(spec);
    }

    /** A command of commands. */
    static CommandLine group(Object group, Object... commands) {
        CommandLine line = line(CommandSpec.forAnnotatedObject(group));
        line.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
        for (Object command : commands) {
            line.addSubcommand(leaf(command));
        }
        return line;
    }

    static CommandLine leaf(Object command) {
        CommandLine line = line(CommandSpec.forAnnotatedObject(command));
        if (command instanceof SettingsCommand) {
            Context.addSettings(line.getCommandSpec(), false);
        }
        return line;
    }

    private static CommandLine line(CommandSpec command) {
        return new CommandLine(command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build()));
    }

    private static int notUnderstood(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("carillon: " + problem.getMessage());
        UnmatchedArgumentException.printSuggestions(problem, err);
        boolean leaf = command.getSubcommands().isEmpty();
        if (leaf) {
            err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        } else {
            command.usage(err);
        }
        return Program.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        if (failure instanceof ParameterException problem) {
            return notUnderstood(problem, new String[0]);
        }
        return Failure.told(failure, command.getErr());
    }
}
