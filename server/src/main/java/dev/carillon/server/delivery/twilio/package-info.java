// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Twilio: SMS, WhatsApp and RCS by its Messages resource. */
@NullMarked
package dev.carillon.server.delivery.twilio;

import org.jspecify.annotations.NullMarked;
