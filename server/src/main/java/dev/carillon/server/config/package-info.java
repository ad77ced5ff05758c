// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What the operator decides before the start: settings from a file, the environment and the command line; and logging. */
@NullMarked
package dev.carillon.server.config;

import org.jspecify.annotations.NullMarked;
