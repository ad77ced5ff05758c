// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** The program put together: what is made of what, in which order it starts and stops. */
@NullMarked
package dev.carillon.server.app;

import org.jspecify.annotations.NullMarked;
