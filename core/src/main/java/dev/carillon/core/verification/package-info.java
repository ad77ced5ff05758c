// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** One flow for one number: its state, its events, and the commands that change it. Pure: no I/O, no clock, no random source. */
@NullMarked
package dev.carillon.core.verification;

import org.jspecify.annotations.NullMarked;
