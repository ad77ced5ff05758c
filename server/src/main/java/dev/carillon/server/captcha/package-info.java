// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

/** Whether a person asks: captchas of providers, and proof of work that is made and checked here. */
@NullMarked
package dev.carillon.server.captcha;

import org.jspecify.annotations.NullMarked;
