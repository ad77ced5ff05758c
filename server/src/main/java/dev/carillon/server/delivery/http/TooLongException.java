// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.io.IOException;

/** An answer was longer than anybody needs. */
final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException() {
        super("the answer is too long");
    }
}
