// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** WhatsApp, by Meta's Cloud API. */
@NullMarked
package dev.carillon.server.delivery.whatsapp;

import org.jspecify.annotations.NullMarked;
