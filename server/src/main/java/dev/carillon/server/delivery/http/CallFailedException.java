// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import dev.carillon.server.delivery.SendResult;

/** A request had no answer. */
public final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean arrived;

    /**
     * @param detail what happened; no number, no text, no key
     * @param arrived whether the provider may have got it
     */
    public CallFailedException(String detail, boolean arrived, Throwable cause) {
        super(detail, cause);
        this.arrived = arrived;
    }

    /** What it means for a message that this request was to send. */
    public SendResult result() {
        String detail = String.valueOf(getMessage());
        return arrived ? new SendResult.Unknown(detail) : new SendResult.Fault(detail);
    }
}
