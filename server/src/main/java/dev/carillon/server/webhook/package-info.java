// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

/** Tells customers what happens to their verifications: signed requests, in order, at least once. */
@NullMarked
package dev.carillon.server.webhook;

import org.jspecify.annotations.NullMarked;
