// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Getting messages out, and hearing what became of them. */
@NullMarked
package dev.carillon.server.delivery;

import org.jspecify.annotations.NullMarked;
