// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * That a verification has something new to tell its audience. There is one row for a verification with notices that are not told
 * yet, whatever their number: a place in its list of notices, up to which they are told. So they are told in order.
 *
 * @param receiver see {@link dev.carillon.core.verification.Audience}
 * @param from the first notice that is new, counted from 0
 * @param upto the number of notices that there are now
 */
public record Announcement(UUID verification, UUID account, UUID receiver, int from, int upto, Instant at) {}
