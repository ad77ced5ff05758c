// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Vonage: its SMS API, and its Messages API for SMS, WhatsApp, Viber and RCS. */
@NullMarked
package dev.carillon.server.delivery.vonage;

import org.jspecify.annotations.NullMarked;
