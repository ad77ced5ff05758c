// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What the operator asks the running server: health, meters, the simulator's inbox. Never open to the world. */
@NullMarked
package dev.carillon.server.api.admin;

import org.jspecify.annotations.NullMarked;
