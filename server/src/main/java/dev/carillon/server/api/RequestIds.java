// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The id by which a request is found again in logs: the caller's own {@code X-Request-Id}, or one made here. */
final class RequestIds {
    static final HeaderName NAME = HeaderNames.create("X-Request-Id");
    private static final int MAX_LENGTH = 128;

    private RequestIds() {}

    /** The caller's id if there is one only, of 1 to 128 visible ASCII characters; else a random one. */
    static String of(Headers headers) {
        if (headers.contains(NAME)) {
            List<String> given = headers.get(NAME).allValues();
            if (given.size() == 1 && Forms.isVisibleAscii(given.getFirst(), MAX_LENGTH)) {
                return given.getFirst();
            }
        }
        return random();
    }

    static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current(); // has to be unlikely twice, not unguessable
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
