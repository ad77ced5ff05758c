// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Bird, once MessageBird: SMS by the old REST API and by the Channels API. */
@NullMarked
package dev.carillon.server.delivery.messagebird;

import org.jspecify.annotations.NullMarked;
