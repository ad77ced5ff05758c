// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** One class for each provider, and one for those that nobody thought of. */
@NullMarked
package dev.carillon.server.lookup.paid.provider;

import org.jspecify.annotations.NullMarked;
