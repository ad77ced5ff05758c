// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

/** A channel needs a template that is not configured. */
final class MissingTemplateException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param detail for the operator */
    MissingTemplateException(String detail) {
        super(detail);
    }
}
