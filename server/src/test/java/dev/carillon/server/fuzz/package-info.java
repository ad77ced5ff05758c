// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Whatever the network sends: fuzzing of all that reads it. */
@NullMarked
package dev.carillon.server.fuzz;

import org.jspecify.annotations.NullMarked;
