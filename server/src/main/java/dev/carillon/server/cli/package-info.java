// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** The command line. It is stable: others script against its names, its exit codes and its JSON. */
@NullMarked
package dev.carillon.server.cli;

import org.jspecify.annotations.NullMarked;
