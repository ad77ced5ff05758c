// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Providers that are paid to know about numbers: who they are, in which order they are asked, how long their answers count.
 *
 * <p>{@link dev.carillon.server.lookup.paid.PaidLookups} is the door. Nothing that sends a message ever comes through it.
 */
@NullMarked
package dev.carillon.server.lookup.paid;

import org.jspecify.annotations.NullMarked;
