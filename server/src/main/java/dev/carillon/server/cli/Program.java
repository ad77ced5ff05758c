// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the command: exit code 0 when it is done, 1 when it failed, 2 when it was not understood. */
public final class Program {
    static final int FAILED = 1;
    static final int USAGE = 2;

    private Program() {}

    /** Runs one command; never throws and never ends the JVM. */
    public static int run(
            List<String> arguments, Wiring wiring, Map<String, String> environment, PrintStream out, PrintStream err) {
        Context context = new Context(wiring, environment, out, err);
        boolean server = !arguments.isEmpty() && arguments.getFirst().equals("serve");
        Optional<Map<String, String>> options = server
                ? PlainOptions.read(arguments.subList(1, arguments.size()), Context.serverFlags())
                : Optional.empty();
        return options.isPresent() ? serve(context, options.get()) : Commands.run(arguments, context);
    }

    /** A server starts without picocli: see {@link PlainOptions}. */
    private static int serve(Context context, Map<String, String> options) {
        try {
            return Serving.run(context, context.config(options));
        } catch (Exception e) {
            return Failure.told(e, new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        } finally {
            context.out().flush();
        }
    }
}
