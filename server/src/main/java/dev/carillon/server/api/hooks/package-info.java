// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Where providers report what became of messages. Knows no provider: each connection reads its own calls. */
@NullMarked
package dev.carillon.server.api.hooks;

import org.jspecify.annotations.NullMarked;
