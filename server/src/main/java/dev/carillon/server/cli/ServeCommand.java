// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code serve}, for picocli; put together by hand, since the other commands' options are not the server's. */
final class ServeCommand implements Callable<Integer> {
    private final Context context;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private ServeCommand(Context context) {
        this.context = context;
    }

    /** The command, as picocli knows it. */
    static CommandSpec spec(Context context) {
        CommandSpec spec = new ServeCommand(context).spec;
        spec.name("serve")
                .usageMessage()
                .sortOptions(false)
                .description(
                        "Run the server.",
                        "When it is ready it prints one line on stdout:",
                        "  carillon ready http://127.0.0.1:8080 admin http://127.0.0.1:8081",
                        "Logs go to stderr. SIGTERM and SIGINT finish the requests that run, then exit 0.");
        Context.addSettings(spec, true);
        return spec;
    }

    @Override
    public Integer call() throws Exception {
        return Serving.run(context, context.config(spec));
    }
}
