// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What is known of a number before money is spent on it: local tables first, then what receipts told, then paid providers.
 *
 * <p>{@link dev.carillon.server.lookup.Lookup} is the door. What is not known is absent and never guessed; docs/lookup.md says how
 * each answer comes about.
 */
@NullMarked
package dev.carillon.server.lookup;

import org.jspecify.annotations.NullMarked;
