// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text with the variables {@code {{code}}}, exactly once, and {@code {{brand}}}, at most once.
 *
 * @param text at most 1,000 characters
 */
public record MessageTemplate(String text) {

    /** Far more than one SMS; only a guard against a file put into the wrong field. */
    private static final int MAX_LENGTH = 1_000;

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final String CODE = "code";
    private static final String BRAND = "brand";
    private static final String CODE_VARIABLE = "{{code}}";
    private static final String BRAND_VARIABLE = "{{brand}}";

    /** @throws IllegalArgumentException saying what is wrong with the text, in words for who wrote it */
    public MessageTemplate {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a template has at most " + MAX_LENGTH + " characters");
        }
        List<String> names = names(text);
        for (String name : names) {
            if (!name.equals(CODE) && !name.equals(BRAND)) {
                throw new IllegalArgumentException("a template has no variable {{" + name + "}}");
            }
        }
        if (names.stream().filter(CODE::equals).count() != 1) {
            throw new IllegalArgumentException("a template has {{code}} exactly once");
        }
        if (names.stream().filter(BRAND::equals).count() > 1) {
            throw new IllegalArgumentException("a template has {{brand}} at most once");
        }
    }

    /** Whether the text names the brand. */
    public boolean hasBrand() {
        return names(text).contains(BRAND);
    }

    /** The same without the brand and without the space that it leaves; itself when it names none. */
    MessageTemplate withoutBrand() {
        return hasBrand()
                ? new MessageTemplate(text.replace(BRAND_VARIABLE, "")
                        .replaceAll(" {2,}", " ")
                        .strip())
                : this;
    }

    /**
     * Puts values in place of the variables, in one pass: what looks like a variable inside a value stays as it is.
     *
     * @param brand goes unused when the text does not name it
     */
    String fill(String code, String brand) {
        int at = text.indexOf(CODE_VARIABLE);
        return text.substring(0, at).replace(BRAND_VARIABLE, brand)
                + code
                + text.substring(at + CODE_VARIABLE.length()).replace(BRAND_VARIABLE, brand);
    }

    private static List<String> names(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(MessageTemplate::name)
                .toList();
    }

    private static String name(String variable) {
        return variable.substring(2, variable.length() - 2);
    }
}
