// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.verification.Verification;

/**
 * A message that must go out now that it is durable.
 *
 * @param verification as it was committed
 */
public record Outgoing(OutboxItem item, Verification verification) {}
