// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Who may use this server and how: accounts, API keys, policies, test numbers and block-lists. */
@NullMarked
package dev.carillon.server.directory;

import org.jspecify.annotations.NullMarked;
