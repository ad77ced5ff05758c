// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Kills the primary of a cluster under load, again and again, and proves from the history that nothing answered was lost. */
@NullMarked
package dev.carillon.bench.failover;

import org.jspecify.annotations.NullMarked;
