// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** A request that has found its endpoint. Belongs to the request's thread. */
public final class ApiRequest {
    private final ServerRequest request;
    private final String rawParameter;

    ApiRequest(ServerRequest request, String rawParameter) {
        this.request = request;
        this.rawParameter = rawParameter;
    }

    /** The variable segment of the path, decoded; empty when the route has none, or when its encoding is broken. */
    public String parameter() {
        return PathText.decode(rawParameter).orElse("");
    }

    /** All values of a header, in order; empty when there is none. */
    public List<String> header(HeaderName name) {
        return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
    }

    /**
     * The body.
     *
     * @throws InvalidRequestException when it is longer than 64 KiB
     */
    public byte[] body() {
        return Bodies.read(request);
    }
}
