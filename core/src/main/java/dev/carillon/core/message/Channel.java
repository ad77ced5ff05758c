// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of message that carry a code. */
public enum Channel {
    SMS,
    RCS,
    WHATSAPP,
    VIBER,
    ZALO,
    TELEGRAM;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** What it is called in settings and logs, such as {@code sms}. */
    public String text() {
        return text;
    }

    /** The channel that is called so. */
    public static Optional<Channel> of(String text) {
        return Arrays.stream(values())
                .filter(channel -> channel.text.equals(text))
                .findFirst();
    }
}
