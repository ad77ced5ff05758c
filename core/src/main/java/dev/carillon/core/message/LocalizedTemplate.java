// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

/**
 * What to say in one locale.
 *
 * @param plain without a brand, for accounts that have none
 * @param branded with it
 */
public record LocalizedTemplate(MessageTemplate plain, MessageTemplate branded) {

    /** @throws IllegalArgumentException when the plain text names a brand */
    public LocalizedTemplate {
        if (plain.hasBrand()) {
            throw new IllegalArgumentException("the text without a brand has no {{brand}}");
        }
    }
}
