// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.Map;

/**
 * What a template says to one number.
 *
 * @param locale the text's language
 * @param ids under which providers and registries know it, by the names of {@link TemplateIds}
 */
public record TemplateChoice(String locale, TemplateText text, Map<String, String> ids) {
    public TemplateChoice {
        ids = Map.copyOf(ids);
    }
}
