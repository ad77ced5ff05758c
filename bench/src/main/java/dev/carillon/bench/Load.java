// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code bench/load}. Exits with 0 after a clean run, 1 after one with errors, 2 on a wrong command line. */
@Command(
        name = "load",
        sortOptions = false,
        description = "Loads a Carillon server with pairs of create and check, and reports rates and latencies.")
public final class Load implements Callable<Integer> {
    enum Mode {
        closed,
        open
    }

    @Option(names = "--url", defaultValue = "http://127.0.0.1:8080", description = "The API. Default: ${DEFAULT-VALUE}")
    private Endpoint api;

    @Option(
            names = "--admin-url",
            defaultValue = "http://127.0.0.1:8081",
            description = "The admin port, for --codes inbox. Default: ${DEFAULT-VALUE}")
    private Endpoint admin;

    @Option(names = "--api-key", required = true, description = "The account's API key.")
    private String apiKey;

    @Option(names = "--customer-uuid", required = true, description = "The account.")
    private String customerUuid;

    @Option(
            names = "--codes",
            defaultValue = "inbox",
            paramLabel = "inbox|none|fixed:CODE",
            description =
                    "Where the code comes from: the simulator's inbox (followed on a connection more, not measured), or"
                            + " the one code that the server was started with. none: creates alone. Default: ${DEFAULT-VALUE}")
    private Codes codes;

    @Option(names = "--connections", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(names = "--duration", defaultValue = "20s", description = "Measured time. Default: ${DEFAULT-VALUE}")
    private Duration duration;

    @Option(names = "--warmup", defaultValue = "10s", description = "Time before it. Default: ${DEFAULT-VALUE}")
    private Duration warmup;

    @Option(
            names = "--timeout",
            defaultValue = "10s",
            description = "When a request has failed. Default: ${DEFAULT-VALUE}")
    private Duration timeout;

    @Option(
            names = "--mode",
            defaultValue = "closed",
            description =
                    "closed: each connection goes on at once. open: pairs arrive at --rate, and latency counts from"
                            + " when they should have started. Default: ${DEFAULT-VALUE}")
    private Mode mode;

    @Option(names = "--rate", defaultValue = "0", description = "Pairs per second of the open loop.")
    private double rate;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Load())
                .registerConverter(Endpoint.class, checked(Endpoint::parse))
                .registerConverter(Codes.class, checked(Codes::parse))
                .registerConverter(Duration.class, checked(Load::duration));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Report report = new LoadRun(plan()).run();
        out.print(json ? report.json() + System.lineSeparator() : report.text());
        out.flush();
        spec.commandLine().getErr().print(report.complaint());
        spec.commandLine().getErr().flush();
        return report.clean() ? 0 : 1;
    }

    private LoadPlan plan() {
        if (mode == Mode.open == rate <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--mode open needs a --rate above 0; --mode closed takes none");
        }
        if (connections < 1 || duration.isZero() || timeout.isZero()) {
            throw new ParameterException(spec.commandLine(), "--connections, --duration and --timeout must be above 0");
        }
        return new LoadPlan(api, admin, apiKey, customerUuid, codes, connections, rate, warmup, duration, timeout);
    }

    /** Reads {@code 500ms}, {@code 20s} or {@code 2m}. */
    private static Duration duration(String text) {
        if (!text.matches("[0-9]+(ms|s|m)")) {
            throw new IllegalArgumentException("expected a time like 500ms, 20s or 2m, got " + text);
        }
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }

    private static <T> ITypeConverter<T> checked(ITypeConverter<T> parser) {
        return text -> {
            try {
                return parser.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }
}
