// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.phone.Network;
import java.time.Instant;

/**
 * A receipt that named the network which took the message: the number's true one, ported or not, at no cost.
 *
 * @param at when the receipt came
 */
public record Sighting(Network network, Instant at) {}
