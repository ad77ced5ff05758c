// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Where credentials are kept that change with every use. */
@NullMarked
package dev.carillon.server.delivery.token;

import org.jspecify.annotations.NullMarked;
