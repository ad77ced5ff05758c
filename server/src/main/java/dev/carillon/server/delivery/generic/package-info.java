// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Any provider that takes messages by HTTP, described by settings alone. */
@NullMarked
package dev.carillon.server.delivery.generic;

import org.jspecify.annotations.NullMarked;
