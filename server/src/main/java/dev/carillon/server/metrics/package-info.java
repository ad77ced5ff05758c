// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What the server counts of itself, for Prometheus. */
@NullMarked
package dev.carillon.server.metrics;

import org.jspecify.annotations.NullMarked;
