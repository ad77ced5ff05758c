// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** The packaged program, driven from outside: over HTTP, by its command line and by signals, on both stores. */
@NullMarked
package dev.carillon.server.it;

import org.jspecify.annotations.NullMarked;
