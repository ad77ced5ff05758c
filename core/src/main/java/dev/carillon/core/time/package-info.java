// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Durations as people write them, and ids that are ordered by time. */
@NullMarked
package dev.carillon.core.time;

import org.jspecify.annotations.NullMarked;
