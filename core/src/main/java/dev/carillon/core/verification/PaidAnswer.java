// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;

/**
 * What a paid provider said of a number, kept so that it need not be paid for again.
 *
 * @param content what was said, encrypted: it may have a person's name in it
 * @param expiresAt when all of it is too old to count
 */
public record PaidAnswer(Sealed content, Instant expiresAt) {}
