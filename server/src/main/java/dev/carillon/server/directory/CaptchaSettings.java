// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which captcha an environment asks for. {@link #toString} hides the secret.
 *
 * @param siteKey what pages show, for {@link Provider#ALTCHA} empty
 * @param secret by which answers are checked
 * @param action what the answer must have been made for, where the provider tells
 */
public record CaptchaSettings(Provider provider, String siteKey, String secret, Optional<String> action) {

    /** Who makes captchas. */
    public enum Provider {
        HCAPTCHA,
        TURNSTILE,
        RECAPTCHA,
        /** Proof of work, made and checked here. */
        ALTCHA;

        /** The name on the command line and in the store. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException with a message for the operator */
        public static Provider of(String text) {
            return Arrays.stream(values())
                    .filter(provider -> provider.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                            + Arrays.stream(values()).map(Provider::text).collect(Collectors.joining(", "))));
        }
    }

    public CaptchaSettings {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("a captcha needs a secret");
        }
    }

    @Override
    public String toString() {
        return "CaptchaSettings[" + provider + "]";
    }
}
