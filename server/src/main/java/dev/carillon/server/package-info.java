// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.carillon.server;

import org.jspecify.annotations.NullMarked;
