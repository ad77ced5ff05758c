// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers to what is not a request, or is one for which no route could be looked up, in the shape of a contract.
 *
 * @param stopping whether the listener is being closed, which wakes threads that have just begun to read a request
 */
record ProtocolErrors(ErrorShape errors, RequestMetrics metrics, BooleanSupplier stopping) implements DirectHandler {
    private static final String MESSAGE = "the request is malformed or too long";
    private static final String STOPPING = "the server is stopping";

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Answer answer = status.code() >= 500 && stopping.getAsBoolean()
                ? errors.of(503, STOPPING).with(HeaderNames.RETRY_AFTER, "1")
                : errors.of(answered(request, status.code()), MESSAGE);
        for (Header header : answer.headers()) {
            headers.set(header);
        }
        headers.set(HeaderValues.create(RequestIds.NAME, RequestIds.of(request.headers())));
        metrics.record("protocol", answer.status(), answer.outcome(), 0);
        return TransportResponse.builder()
                .status(Status.create(answer.status()))
                .headers(headers)
                .entity(answer.body())
                .build();
    }

    /** A body that is too long is a bad request, and so is a first line over which Helidon stumbles. */
    private static int answered(TransportRequest request, int status) {
        boolean tooLong = status == Status.REQUEST_ENTITY_TOO_LARGE_413.code();
        boolean stumbled = status >= 500 && request.method().isEmpty();
        return tooLong || stumbled ? Status.BAD_REQUEST_400.code() : status;
    }
}
