// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.util.Optional;

/** What became of a text that was to be a phone number. */
public sealed interface ParseResult {

    /** The number, when the text is one. */
    Optional<PhoneNumber> asOptional();

    /**
     * The text is a phone number.
     *
     * @param number in its canonical spelling, which may differ from the text
     */
    record Valid(PhoneNumber number) implements ParseResult {
        @Override
        public Optional<PhoneNumber> asOptional() {
            return Optional.of(number);
        }
    }

    /**
     * The text is no phone number, or one that no plan assigns.
     *
     * @param reason a sentence for the caller of the API, such as {@code +0 is not a valid phone number}. It quotes
     *     what the caller sent, so it may hold a full number: answer with it, but do not log it.
     */
    record Invalid(String reason) implements ParseResult {
        @Override
        public Optional<PhoneNumber> asOptional() {
            return Optional.empty();
        }

        /** Without the reason, which may quote a phone number. */
        @Override
        public String toString() {
            return "Invalid";
        }
    }
}
