// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import dev.carillon.core.message.Channel;
import java.time.Instant;

/**
 * A message as the simulated phone shows it.
 *
 * @param id counts the messages of this process from 1
 */
public record SimulatedMessage(
        long id, String to, Channel channel, String senderId, String text, String code, Instant sentAt) {}
