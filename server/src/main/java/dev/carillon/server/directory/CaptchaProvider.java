// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who makes captchas. */
public enum CaptchaProvider {
    HCAPTCHA(false),
    TURNSTILE(true),
    RECAPTCHA(true),
    /** Proof of work, made and checked here. */
    ALTCHA(false);

    private final boolean tellsAction;

    CaptchaProvider(boolean tellsAction) {
        this.tellsAction = tellsAction;
    }

    /** Whether it says what an answer was made for. */
    boolean tellsAction() {
        return tellsAction;
    }

    /** The name on the command line and in the store. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with a message for the operator */
    public static CaptchaProvider of(String text) {
        return Arrays.stream(values())
                .filter(provider -> provider.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                        + Arrays.stream(values()).map(CaptchaProvider::text).collect(Collectors.joining(", "))));
    }
}
