// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** The ledger: commands in, durable events out. See docs/architecture.md. */
@NullMarked
package dev.carillon.server.ledger;

import org.jspecify.annotations.NullMarked;
