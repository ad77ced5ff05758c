// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the message that carries a code. What devices look for goes where they look for it:
 *
 * <pre>
 * Your Acme code is 123456.
 * FA+9qCX9VSu                  the Android app hash (SMS Retriever), on a line of its own
 * &#64;example.com #123456         the origin-bound code (WICG), which must be the last line
 * </pre>
 */
public final class MessageComposer {

    /** WhatsApp takes no more than 15. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,15}");

    private MessageComposer() {}

    /**
     * The message as it is sent.
     *
     * @param brand as the account gave it; line breaks and other control characters are taken out. Null, or a brand
     *     with nothing else in it, gives the text without a brand.
     * @param code 1 to 15 ASCII letters and digits
     * @throws IllegalArgumentException when the code is something else
     */
    public static String compose(LocalizedTemplate template, @Nullable String brand, String code, Autofill autofill) {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a code"); // without it: it may reach a log
        }
        return write(template, brand, code, autofill);
    }

    /**
     * The message as it may be shown afterwards: each character of the code is a {@code *}, wherever the code stands.
     *
     * @param codeLength how long the code was, 1 to 15
     * @throws IllegalArgumentException when it was not
     */
    public static String composeMasked(
            LocalizedTemplate template, @Nullable String brand, int codeLength, Autofill autofill) {
        if (codeLength < 1 || codeLength > 15) {
            throw new IllegalArgumentException("a code has 1 to 15 characters");
        }
        return write(template, brand, "*".repeat(codeLength), autofill);
    }

    private static String write(LocalizedTemplate template, @Nullable String brand, String code, Autofill autofill) {
        String name = Brand.clean(brand);
        MessageTemplate text = name.isEmpty() ? template.plain() : template.branded();
        StringBuilder message = new StringBuilder(text.fill(code, name));
        if (autofill.appHash() != null) {
            message.append('\n').append(autofill.appHash());
        }
        if (autofill.originDomain() != null) {
            message.append("\n@").append(autofill.originDomain()).append(" #").append(code);
        }
        return message.toString();
    }
}
