// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Telnyx: SMS by its messaging API, version 2. */
@NullMarked
package dev.carillon.server.delivery.telnyx;

import org.jspecify.annotations.NullMarked;
