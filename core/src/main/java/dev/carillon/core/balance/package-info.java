// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What accounts pay for verifications and messages, and their books. Pure; amounts are exact, in millionths of one currency. */
@NullMarked
package dev.carillon.core.balance;

import org.jspecify.annotations.NullMarked;
