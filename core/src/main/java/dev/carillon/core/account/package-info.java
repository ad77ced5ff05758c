// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** The customer: status and policy. */
@NullMarked
package dev.carillon.core.account;

import org.jspecify.annotations.NullMarked;
