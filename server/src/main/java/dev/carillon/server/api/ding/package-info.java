// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The Ding v1 API, field by field as the official clients read it. The only place that knows its JSON. What holds is in docs/api.md and
 * in openapi.yaml beside this package's resources.
 */
@NullMarked
package dev.carillon.server.api.ding;

import org.jspecify.annotations.NullMarked;
