// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that must reach the outside: a message to be sent for an attempt.
 *
 * @param id the attempt's id
 * @param verification the verification that it belongs to
 * @param attempt the attempt's number in it, from 1
 * @param dueAt from when any node may take it; an item is enqueued as already leased to the node that made it
 */
public record OutboxItem(UUID id, UUID verification, int attempt, Instant dueAt) {}
