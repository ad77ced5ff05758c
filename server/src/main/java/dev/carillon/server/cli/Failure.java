// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ConfigException;
import java.io.PrintWriter;

/** Says why a command failed. */
final class Failure {
    /** Set to see the stack trace of an unexpected failure: {@code CARILLON_JAVA_OPTS=-Dcarillon.debug=true}. */
    private static final String DEBUG = "carillon.debug";

    private Failure() {}

    /** Says it in a line, and returns the exit code that fits. */
    static int told(Exception failure, PrintWriter err) {
        if (failure instanceof ConfigException) {
            err.println("carillon: " + failure.getMessage());
            return Program.USAGE;
        }
        boolean expected = failure instanceof AdministrationException;
        err.println("carillon: " + (expected ? failure.getMessage() : failure));
        if (Boolean.getBoolean(DEBUG)) {
            failure.printStackTrace(err);
        }
        return Program.FAILED;
    }
}
