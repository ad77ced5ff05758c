// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

/** The request cannot be read. The message is for the caller and names the field; it quotes nothing that was sent. */
public final class InvalidRequestException extends RuntimeException {
    private final String explanation;
    private final boolean bodyUnread;

    public InvalidRequestException(String message) {
        this(message, false);
    }

    InvalidRequestException(String message, boolean bodyUnread) {
        super(message, null, false, false);
        this.explanation = message;
        this.bodyUnread = bodyUnread;
    }

    String explanation() {
        return explanation;
    }

    /** Whether a part of the body may still be on its way, so that the connection cannot serve another request. */
    boolean bodyUnread() {
        return bodyUnread;
    }
}
