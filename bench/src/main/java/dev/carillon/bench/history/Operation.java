// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

/** What a client asks for. */
public enum Operation {
    CREATE,
    CHECK,
    RETRY,
    STATUS
}
