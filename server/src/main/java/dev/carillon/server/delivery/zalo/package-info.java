// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Zalo, by its notification service (ZNS). */
@NullMarked
package dev.carillon.server.delivery.zalo;

import org.jspecify.annotations.NullMarked;
