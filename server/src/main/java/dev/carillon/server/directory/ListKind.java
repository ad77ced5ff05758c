// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

/** The lists of an account. */
public enum ListKind {
    TEST_NUMBER("test-number"),
    BLOCK("block");

    private final String text;

    ListKind(String text) {
        this.text = text;
    }

    /** The name in the store and on the command line. */
    public String text() {
        return text;
    }
}
