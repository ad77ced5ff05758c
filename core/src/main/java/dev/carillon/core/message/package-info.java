// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What a message says: in which language, with which lines for autofill, and how many SMS it takes.
 *
 * <p>{@link dev.carillon.core.message.LocaleMatcher} picks the locale, {@link
 * dev.carillon.core.message.MessageTemplates} holds the texts, {@link dev.carillon.core.message.MessageComposer}
 * fills them in and {@link dev.carillon.core.message.Segments} counts.
 */
@NullMarked
package dev.carillon.core.message;

import org.jspecify.annotations.NullMarked;
