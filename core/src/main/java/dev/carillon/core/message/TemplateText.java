// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One text of an account's own, in one language.
 *
 * @param text what it says
 * @param registered the same as a country's registry has it
 * @param ids under which it is known, by the names of {@link TemplateIds}
 */
public record TemplateText(MessageTemplate text, Optional<RegisteredText> registered, Map<String, String> ids) {

    /** @throws IllegalArgumentException naming the id that is wrong */
    public TemplateText {
        ids = requireIds(ids);
    }

    /** A text that is registered nowhere. */
    public static TemplateText of(String text) {
        return new TemplateText(new MessageTemplate(text), Optional.empty(), Map.of());
    }

    /**
     * The message as it is sent. Lines for autofill that a registered text has no place for are left out: with them the message
     * would be dropped.
     *
     * @param brand see {@link MessageComposer#compose}; without one, a text that names it reads as if it did not
     */
    public String compose(@Nullable String brand, String code, Autofill autofill) {
        String whole = MessageComposer.compose(localized(), brand, code, autofill);
        return isRegistered(whole) ? whole : MessageComposer.compose(localized(), brand, code, Autofill.NONE);
    }

    /** The message as it may be shown: see {@link MessageComposer#composeMasked}. */
    public String composeMasked(@Nullable String brand, int codeLength, Autofill autofill) {
        String whole = MessageComposer.composeMasked(localized(), brand, codeLength, autofill);
        return isRegistered(whole)
                ? whole
                : MessageComposer.composeMasked(localized(), brand, codeLength, Autofill.NONE);
    }

    private boolean isRegistered(String message) {
        return registered.isEmpty() || registered.get().matches(message);
    }

    private LocalizedTemplate localized() {
        return new LocalizedTemplate(text.withoutBrand(), text);
    }

    static Map<String, String> requireIds(Map<String, String> ids) {
        ids.forEach((name, value) -> TemplateIds.problem(name, value).ifPresent(problem -> {
            throw new IllegalArgumentException("ids." + name + " " + problem);
        }));
        return Map.copyOf(new TreeMap<>(ids));
    }
}
