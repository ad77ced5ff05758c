// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What stands in {@code deploy/}, held against the tools that will read it. */
@NullMarked
package dev.carillon.server.deployment;

import org.jspecify.annotations.NullMarked;
