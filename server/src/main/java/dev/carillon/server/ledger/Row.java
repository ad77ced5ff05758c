// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * A row to write.
 *
 * @param key where it is found
 * @param body its content; opaque to the store, not to be changed by anyone afterwards
 * @param expiresAt from when the row means nothing and may be deleted, to the millisecond; verifications go by their age
 *     instead, and this is ignored
 */
@SuppressWarnings("ArrayRecordComponent") // rows are written, never compared
public record Row(UUID key, byte[] body, Instant expiresAt) {}
