// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import org.jspecify.annotations.Nullable;

/**
 * What lets a device fill in the code by itself.
 *
 * @param appHash the {@link AppHash} of the Android app, or null
 * @param originDomain the {@link OriginDomain} of the web page, or null. Devices then offer the code on that
 *     site only, so it is never set unasked.
 */
public record Autofill(@Nullable String appHash, @Nullable String originDomain) {

    /** Nothing of the kind; most devices find the code in the text nevertheless. */
    public static final Autofill NONE = new Autofill(null, null);

    /** @throws IllegalArgumentException when one is not valid */
    public Autofill {
        if (appHash != null && !AppHash.isValid(appHash)) {
            throw new IllegalArgumentException("not an app hash");
        }
        if (originDomain != null && !OriginDomain.isValid(originDomain)) {
            throw new IllegalArgumentException("not an origin domain");
        }
    }
}
