// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What may refuse a create: limits and fraud rules. */
@NullMarked
package dev.carillon.core.guard;

import org.jspecify.annotations.NullMarked;
