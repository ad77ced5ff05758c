// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

/** Users of environments, and the tokens that say who they are. */
@NullMarked
package dev.carillon.server.user;

import org.jspecify.annotations.NullMarked;
