// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** RCS, by Google's RCS for Business. */
@NullMarked
package dev.carillon.server.delivery.rbm;

import org.jspecify.annotations.NullMarked;
