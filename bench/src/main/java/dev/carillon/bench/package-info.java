// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** A load generator for the Ding v1 API that is cheap enough to share a machine with the server. See bench/README.md. */
@NullMarked
package dev.carillon.bench;

import org.jspecify.annotations.NullMarked;
