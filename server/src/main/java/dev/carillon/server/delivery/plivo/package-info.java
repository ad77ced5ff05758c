// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Plivo: SMS by its message API, version 1. */
@NullMarked
package dev.carillon.server.delivery.plivo;

import org.jspecify.annotations.NullMarked;
