// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Forms;
import dev.carillon.server.directory.Environment;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which pages may call (the Fetch standard, §3.3): those of the environment's origins, cookies included. What is no page, and so names no
 * origin, may call as well.
 *
 * @param environments finds the environment of a request
 */
record Cors(Function<ApiRequest, Optional<Environment>> environments) {
    private static final HeaderName REQUEST_ID = HeaderNames.create("x-dyn-request-id");
    private static final HeaderName REQUESTED_METHOD = HeaderNames.create("Access-Control-Request-Method");
    private static final int MAX_REQUEST_ID = 128;
    private static final String SECONDS_TO_REMEMBER = "600";

    /** What Dynamic's clients send with every request. */
    static final String HEADERS = String.join(
            ", ",
            List.of(
                    "authorization",
                    "content-type",
                    "x-dyn-version",
                    "x-dyn-api-version",
                    "x-dyn-request-id",
                    "x-dyn-session-id",
                    "x-dyn-session-public-key",
                    "x-dyn-device-fingerprint",
                    "x-dyn-is-global-wallet-popup",
                    "x-dynamic-platform",
                    "x-dyn-elevated-access-token",
                    "x-mfa-auth-token"));

    /** What they send with sign-ins: the proof of a key on the device as well. */
    static final String HEADERS_OF_CHECKS =
            HEADERS + ", x-dynamic-device-nonce, x-dynamic-device-publickey, x-dynamic-device-signed-nonce";

    /** {@code cf-ray} is read by clients, though only the original service sends it. */
    private static final String ANSWER_HEADERS = "x-dyn-request-id, cf-ray, x-request-id, retry-after";

    /** Whether the request names an origin that may not call. */
    static boolean isForeign(ApiRequest request, Environment environment) {
        List<String> origins = request.header(HeaderNames.ORIGIN);
        return !origins.isEmpty() && allowed(request, environment).isEmpty();
    }

    /** The origin of the page that calls, if it may. */
    static Optional<String> allowed(ApiRequest request, Environment environment) {
        List<String> origins = request.header(HeaderNames.ORIGIN);
        return origins.size() == 1 && environment.origins().contains(origins.getFirst())
                ? Optional.of(origins.getFirst())
                : Optional.empty();
    }

    /** The answer to {@code OPTIONS}: what a page may send, if it may send anything. */
    Answer preflight(ApiRequest request, String methods, String headers) {
        Optional<Environment> environment = environments.apply(request);
        if (environment.isEmpty() || isForeign(request, environment.get())) {
            return DynamicErrors.forbidden();
        }
        Answer answer = Answer.empty(204, "preflight");
        return request.header(REQUESTED_METHOD).isEmpty()
                ? answer.with(HeaderNames.ALLOW, methods)
                : answer.with(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods)
                        .with(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, headers)
                        .with(HeaderNames.ACCESS_CONTROL_MAX_AGE, SECONDS_TO_REMEMBER);
    }

    /** Lets the page that asked read the answer, errors too. */
    Answer finish(ApiRequest request, Answer answer) {
        List<String> ids = request.header(REQUEST_ID);
        Answer finished = answer.with(HeaderNames.VARY, "Origin");
        if (ids.size() == 1 && Forms.isVisibleAscii(ids.getFirst(), MAX_REQUEST_ID)) {
            finished = finished.with(REQUEST_ID, ids.getFirst());
        }
        Optional<String> origin = environments.apply(request).flatMap(environment -> allowed(request, environment));
        return origin.isEmpty()
                ? finished
                : finished.with(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get())
                        .with(HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                        .with(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
    }
}
