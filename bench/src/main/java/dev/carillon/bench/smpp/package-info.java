// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** What an SMPP connection reaches beside what jsmpp under it reaches bare. See bench/README.md. */
@NullMarked
package dev.carillon.bench.smpp;

import org.jspecify.annotations.NullMarked;
