// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The stores on SQLite and PostgreSQL, through JDBC. {@link dev.carillon.server.ledger.jdbc.Database} is the only way in:
 * it opens either engine, brings its schema up to date, and gives the ledger its {@code Store} and everything colder its
 * transactions.
 */
@NullMarked
package dev.carillon.server.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
