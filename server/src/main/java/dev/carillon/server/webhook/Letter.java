// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What one audience of a verification is still to be told.
 *
 * @param audience its place among the verification's audiences
 * @param receiver who is called; what is slow or dead as one
 * @param next the place of the next notice, from 0
 * @param upto how many notices there were when it was last written to; there may be more
 * @param dueAt when it is tried next; empty when it was given up
 * @param since when the next notice came to be next
 * @param tries failures in a row
 * @param error why the last try failed
 */
public record Letter(
        UUID verification,
        int audience,
        UUID account,
        UUID receiver,
        int next,
        int upto,
        Optional<Instant> dueAt,
        Instant since,
        int tries,
        Optional<String> error) {}
