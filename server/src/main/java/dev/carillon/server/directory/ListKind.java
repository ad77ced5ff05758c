// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.util.Arrays;
import java.util.Optional;

/** The lists of an account. */
public enum ListKind {
    TEST_NUMBER("test-number"),
    BLOCK("block"),
    SENDER("sender"),
    TEMPLATE("template"),
    ENVIRONMENT("environment"),
    /** At most one entry: where the account is told of events, and by which secret. */
    WEBHOOK("webhook"),
    /** At most one entry: what the account pays. */
    PRICES("prices");

    private final String text;

    ListKind(String text) {
        this.text = text;
    }

    /** Whether entries are users' phone numbers, which must be forgotten on demand. */
    boolean holdsNumbers() {
        return switch (this) {
            case TEST_NUMBER, BLOCK -> true;
            case SENDER, TEMPLATE, ENVIRONMENT, WEBHOOK, PRICES -> false;
        };
    }

    /** The name in the store and on the command line. */
    public String text() {
        return text;
    }

    static Optional<ListKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
