// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import org.jspecify.annotations.Nullable;

/** Makes exceptions safe to log. */
final class Traces {
    private static final int MAX_CAUSES = 8;

    private Traces() {}

    /** The exception's types and stack frames without its messages, which may quote a phone number, a code or a key. */
    static Throwable withoutMessages(Throwable thrown) {
        return copy(thrown, 0);
    }

    private static Throwable copy(Throwable thrown, int depth) {
        Throwable cause = thrown.getCause();
        Copy copy = new Copy(thrown, cause == null || depth >= MAX_CAUSES ? null : copy(cause, depth + 1));
        copy.setStackTrace(thrown.getStackTrace());
        return copy;
    }

    private static final class Copy extends Throwable {
        Copy(Throwable original, @Nullable Throwable cause) {
            super(original.getClass().getName(), cause, false, true);
        }
    }
}
