// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** The built-in carrier for trying and testing: nothing leaves the machine. */
@NullMarked
package dev.carillon.server.delivery.simulator;

import org.jspecify.annotations.NullMarked;
