// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What connections to HTTP providers share. */
@NullMarked
package dev.carillon.server.delivery.http;

import org.jspecify.annotations.NullMarked;
