// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/** Which channel and which connection a message goes by, and why; how well connections have been doing. Pure. */
@NullMarked
package dev.carillon.core.routing;

import org.jspecify.annotations.NullMarked;
