// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A request that has found its endpoint. Belongs to the request's thread. */
public final class ApiRequest {
    private final ServerRequest request;
    private final String rawParameter;
    private final RequestBody body;

    ApiRequest(ServerRequest request, String rawParameter) {
        this.request = request;
        this.rawParameter = rawParameter;
        this.body = new RequestBody(request);
    }

    /** The variable segment of the path, decoded; empty when the route has none, or when its encoding is broken. */
    public String parameter() {
        return PathText.decode(rawParameter).orElse("");
    }

    /** The address at the other end of the connection, which may be a proxy's. */
    public InetAddress peer() {
        return InetAddress.ofLiteral(request.remotePeer().host());
    }

    /** As it was sent, such as {@code GET}. */
    public String method() {
        return request.prologue().method().text();
    }

    /** The path as it was sent, nothing decoded. */
    public String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    /** The query as it was sent, nothing decoded; empty when there is none. */
    public String rawQuery() {
        return request.prologue().query().rawValue();
    }

    /** All headers with their values in order, by lower-case name. */
    public Map<String, List<String>> headers() {
        return request.headers().stream()
                .collect(Collectors.toUnmodifiableMap(
                        header -> header.headerName().lowerCase(), header -> List.copyOf(header.allValues())));
    }

    /** All values of a header, in order; empty when there is none. */
    public List<String> header(HeaderName name) {
        return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
    }

    /** What may be left to take of the body. */
    RequestBody unread() {
        return body;
    }

    /**
     * The body.
     *
     * @throws InvalidRequestException when it is longer than 64 KiB
     */
    public byte[] body() {
        return body.read();
    }
}
