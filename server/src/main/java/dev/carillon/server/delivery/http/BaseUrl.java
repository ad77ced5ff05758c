// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import dev.carillon.server.delivery.Options;
import java.net.URI;

/**
 * Where a provider's API begins.
 *
 * @param text without a slash at its end
 */
public record BaseUrl(String text) {
    public BaseUrl {
        text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** What the option {@code base_url} says. */
    public static BaseUrl of(Options options, String standard) {
        return new BaseUrl(options.url("base_url", standard).toString());
    }

    /** A place below it; {@code path} begins with a slash. */
    public URI at(String path) {
        return URI.create(text + path);
    }
}
