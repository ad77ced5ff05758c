// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code demo}: the whole story in a minute. */
@Command(
        name = "demo",
        description =
                "See it work: starts a server with temporary data on free ports, verifies a number through the real API and"
                        + " shows each step.")
final class DemoCommand implements Callable<Integer> {
    private final Context context;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.err().println("carillon: the demo is not part of this build yet");
        return Program.FAILED;
    }
}
