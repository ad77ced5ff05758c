// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** HTTP as every wire contract needs it: strict JSON, request ids, routes, limits. Knows no contract. */
@NullMarked
package dev.carillon.server.api;

import org.jspecify.annotations.NullMarked;
