// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Sinch: SMS by its batch API (XMS), version 1. */
@NullMarked
package dev.carillon.server.delivery.sinch;

import org.jspecify.annotations.NullMarked;
