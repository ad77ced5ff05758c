// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

/** Why a message was not sent. */
public enum Failure {
    /** No connection could send it just then: not the user's fault, so that it costs the user nothing. */
    FAULT(false),
    /** The number cannot be reached by the channel that was chosen for it; that was not the user's choice either. */
    CHANNEL(false),
    /** The number cannot be reached at all. */
    NUMBER(true),
    /** A provider took it for fraud. */
    FRAUD(true),
    /** The window had closed before it was its turn. */
    CLOSED(true);

    private final boolean isFinal;

    Failure(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether there is no use in sending another message in its place; if not, it does not count as one of the window's. */
    boolean isFinal() {
        return isFinal;
    }
}
