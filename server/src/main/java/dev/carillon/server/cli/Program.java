// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ConfigException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds and runs the command: exit code 0 when it is done, 1 when it failed, 2 when it was not understood. */
public final class Program {
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Set to see the stack trace of an unexpected failure: {@code CARILLON_JAVA_OPTS=-Dcarillon.debug=true}. */
    private static final String DEBUG = "carillon.debug";

    @Command(
            name = "carillon",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            synopsisSubcommandLabel = "COMMAND",
            description = "A self-hosted phone verification server.",
            footerHeading = "%n",
            footer = {
                "Try `carillon demo` first. `carillon COMMAND --help` tells more of each command.",
                "Exit codes: 0 done, 1 failed, 2 not understood."
            })
    private static final class Root {}

    /** Each command is a class with annotations to be read, so only the one that is asked for is made. */
    private static final Map<String, Function<Context, CommandLine>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", context -> leaf(new DemoCommand(context)));
        COMMANDS.put("serve", context -> leaf(new ServeCommand(context)));
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

    private Program() {}

    /** Runs one command; never throws and never ends the JVM. */
    public static int run(
            List<String> arguments, Wiring wiring, Map<String, String> environment, PrintStream out, PrintStream err) {
        Context context = new Context(wiring, environment, out, err);
        CommandLine root = new CommandLine(new Root());
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        Function<Context, CommandLine> named = COMMANDS.get(first);
        if (named != null) {
            root.addSubcommand(first, named.apply(context));
        } else if (!VERSION.contains(first)) {
            COMMANDS.forEach((name, command) -> root.addSubcommand(name, command.apply(context)));
        }
        root.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        root.setUsageHelpWidth(100);
        root.setParameterExceptionHandler(Program::notUnderstood);
        root.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        int code = root.execute(arguments.toArray(String[]::new));
        out.flush();
        return code;
    }

    /** A command of commands. */
    static CommandLine group(Object group, Object... commands) {
        CommandLine line = withHelp(group);
        line.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
        for (Object command : commands) {
            line.addSubcommand(leaf(command));
        }
        return line;
    }

    static CommandLine leaf(Object command) {
        CommandLine line = withHelp(command);
        if (command instanceof SettingsCommand) {
            Context.addSettings(line.getCommandSpec(), false);
        } else if (command instanceof ServeCommand) {
            Context.addSettings(line.getCommandSpec(), true);
        }
        return line;
    }

    private static CommandLine withHelp(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        return line;
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
        return USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        if (failure instanceof ParameterException problem) {
            return notUnderstood(problem, new String[0]);
        }
        PrintWriter err = command.getErr();
        if (failure instanceof ConfigException) {
            err.println("carillon: " + failure.getMessage());
            return USAGE;
        }
        boolean expected = failure instanceof AdministrationException;
        err.println("carillon: " + (expected ? failure.getMessage() : failure));
        if (Boolean.getBoolean(DEBUG)) {
            failure.printStackTrace(err);
        }
        return FAILED;
    }
}
