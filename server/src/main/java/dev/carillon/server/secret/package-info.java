// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What keeps a stolen database worthless: the master secret, the keyring that it opens, and the keys of the minute whose
 * deletion erases codes.
 */
@NullMarked
package dev.carillon.server.secret;

import org.jspecify.annotations.NullMarked;
