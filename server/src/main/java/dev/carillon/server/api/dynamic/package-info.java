// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

/** Dynamic's SMS verification endpoints. The only package that knows their JSON. */
@NullMarked
package dev.carillon.server.api.dynamic;

import org.jspecify.annotations.NullMarked;
