// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What every wire contract calls: verifications in terms of accounts, numbers and signals. */
@NullMarked
package dev.carillon.server.verify;

import org.jspecify.annotations.NullMarked;
