// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * That a verification has something new to tell one of its audiences. There is one row for an audience with notices that are not told
 * yet, whatever their number: a place in the list of what it is told. So they are told in order.
 *
 * @param audience its place among the verification's audiences
 * @param receiver see {@link dev.carillon.core.verification.Audience}
 * @param from the first notice that is new, counted from 0
 * @param upto the number of notices that there are now
 */
public record Announcement(
        UUID verification, int audience, UUID account, UUID receiver, int from, int upto, Instant at) {}
