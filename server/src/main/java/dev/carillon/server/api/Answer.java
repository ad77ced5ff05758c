// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP answer as a value, so that endpoints are functions.
 *
 * <p>Immutable, but for the body, which must not be written to.
 */
public final class Answer {
    private static final Header JSON = HeaderValues.createCached("Content-Type", "application/json");

    private final int status;
    private final String outcome;
    private final byte[] body;
    private final List<Header> headers;

    private Answer(int status, String outcome, byte[] body, List<Header> headers) {
        this.status = status;
        this.outcome = outcome;
        this.body = body;
        this.headers = headers;
    }

    /**
     * An answer in JSON.
     *
     * @param outcome what happened, for the counters: a word of a small fixed set, such as {@code pending}
     * @param body a JSON text in UTF-8
     */
    public static Answer json(int status, String outcome, byte[] body) {
        return new Answer(status, outcome, body, List.of(JSON));
    }

    /** A static document. */
    public static Answer document(String contentType, byte[] body) {
        return new Answer(200, "ok", body, List.of(HeaderValues.create("Content-Type", contentType)));
    }

    /** An answer that is its status alone. */
    public static Answer empty(int status, String outcome) {
        return new Answer(status, outcome, new byte[0], List.of());
    }

    /** The same answer with one more header. */
    public Answer with(HeaderName name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(HeaderValues.create(name, value));
        return new Answer(status, outcome, body, List.copyOf(more));
    }

    public int status() {
        return status;
    }

    String outcome() {
        return outcome;
    }

    byte[] body() {
        return body;
    }

    List<Header> headers() {
        return headers;
    }
}
