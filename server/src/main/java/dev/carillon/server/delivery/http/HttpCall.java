// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request to a provider.
 *
 * @param headers names and values, in order
 * @param body sent as UTF-8; empty: none
 */
public record HttpCall(String method, URI url, Map<String, String> headers, String body) {

    /** A POST with a body in a content type. */
    public static HttpCall post(URI url, String contentType, String body) {
        return new HttpCall("POST", url, Map.of("Content-Type", contentType), body);
    }

    public static HttpCall get(URI url) {
        return new HttpCall("GET", url, Map.of(), "");
    }

    /** The same with one more header. */
    public HttpCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, url, more, body);
    }

    /** It has numbers, codes and keys in it. */
    @Override
    public String toString() {
        return method + " " + url.getHost();
    }
}
