// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

/** Where the program keeps what it knows. */
enum Engine {
    sqlite,
    postgresql
}
