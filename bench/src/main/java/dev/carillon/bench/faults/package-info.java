// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Breaks what a server depends on while users are at work, and proves by {@link dev.carillon.bench.history} that it kept its promises. See
 * docs/reliability.md.
 */
@NullMarked
package dev.carillon.bench.faults;

import org.jspecify.annotations.NullMarked;
