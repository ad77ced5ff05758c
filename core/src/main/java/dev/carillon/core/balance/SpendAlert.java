// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import java.time.LocalDate;
import java.util.UUID;

/**
 * An account has spent a good part of what it may spend in a day.
 *
 * @param scope a country, or {@link Stripe#ALL}
 * @param percent of the cap: 50, 80, or 100 when nothing more can be spent
 * @param cap in millionths
 */
public record SpendAlert(UUID account, String scope, int percent, long cap, LocalDate day) {}
