// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Infobip: SMS, WhatsApp, Viber, RCS and Zalo by its HTTP API. */
@NullMarked
package dev.carillon.server.delivery.infobip;

import org.jspecify.annotations.NullMarked;
