// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Telegram, by its Gateway for verification codes. */
@NullMarked
package dev.carillon.server.delivery.telegram;

import org.jspecify.annotations.NullMarked;
