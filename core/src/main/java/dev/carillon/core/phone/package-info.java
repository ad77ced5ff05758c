// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Phone numbers: which texts are one, what kind of line it is, who holds its range, and which network is whose.
 *
 * <p>{@link dev.carillon.core.phone.NumberingPlan#parse} is the only door. Whatever has passed it is canonical: two
 * spellings of one number give equal {@link dev.carillon.core.phone.PhoneNumber}s, so that nobody gets a second
 * budget by writing a number differently.
 */
@NullMarked
package dev.carillon.core.phone;

import org.jspecify.annotations.NullMarked;
