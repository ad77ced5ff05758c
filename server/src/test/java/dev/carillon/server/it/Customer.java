// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

/** An account as its owner knows it. */
record Customer(String uuid, String key) {}
