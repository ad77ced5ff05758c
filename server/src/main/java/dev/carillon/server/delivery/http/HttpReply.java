// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.util.List;
import java.util.Map;

/**
 * A provider's answer.
 *
 * @param headers by lower-case name
 * @param body at most 256 KiB, as UTF-8
 */
public record HttpReply(int status, Map<String, List<String>> headers, String body) {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** It may have numbers in it. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
