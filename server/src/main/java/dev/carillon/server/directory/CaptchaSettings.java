// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.util.Optional;

/**
 * Which captcha an environment asks for. {@link #toString} hides the secret.
 *
 * @param siteKey what pages show, for {@link CaptchaProvider#ALTCHA} empty
 * @param secret by which answers are checked
 * @param action what answers must have been made for; only where the provider tells
 */
public record CaptchaSettings(CaptchaProvider provider, String siteKey, String secret, Optional<String> action) {

    /** @throws IllegalArgumentException with a message for the operator */
    public CaptchaSettings {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("a captcha needs a secret");
        }
        if (action.isPresent() && !provider.tellsAction()) {
            throw new IllegalArgumentException(provider.text() + " does not tell what an answer was made for");
        }
    }

    @Override
    public String toString() {
        return "CaptchaSettings[" + provider + "]";
    }
}
