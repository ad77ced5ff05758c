// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Log lines: one format on stderr for all libraries, set up in code. */
@NullMarked
package dev.carillon.server.config.log;

import org.jspecify.annotations.NullMarked;
