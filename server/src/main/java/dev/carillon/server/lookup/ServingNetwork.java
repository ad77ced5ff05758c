// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.Network;
import java.time.Instant;

/**
 * The network that a number was found in.
 *
 * @param seen when it was last told
 */
public record ServingNetwork(Network network, Instant seen) {}
