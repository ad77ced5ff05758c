// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

/** The stores that the program runs on. */
enum Engine {
    SQLITE,
    POSTGRESQL
}
