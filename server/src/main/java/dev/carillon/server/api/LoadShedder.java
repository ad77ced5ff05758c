// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.DateTime;
import io.helidon.http.Header;
import io.helidon.http.Status;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a server that has too much to do refuses anyway, before HTTP is parsed: a refusal is paid from what is left for those who are
 * served ({@code bench/overload.sh}). It looks at the requests of one route, and only at a {@link PlainRequest}; all others go the usual
 * way, and come to the same answer there.
 *
 * <p>Thread-safe.
 */
public final class LoadShedder {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
    private static final int USUAL_ANSWER = 512;

    private final Route route;
    private final byte[] firstLine;
    private final BooleanSupplier busy;
    private final Predicate<String> refuses;
    private final Answer answer;
    private final byte[] beforeDate;
    private final byte[] afterDate;
    private final RequestMetrics metrics;

    /**
     * Sheds the requests of one route.
     *
     * @param route of a path without a parameter
     * @param busy whether anybody may be refused at the moment; asked of every request, so that it must be quick
     * @param refuses whether the owner of an API key is refused now; may take its time to find out
     * @param answer the one to all who are
     */
    public LoadShedder(
            Route route, BooleanSupplier busy, Predicate<String> refuses, Answer answer, RequestMetrics metrics) {
        this.route = route;
        this.firstLine = (route.method().text() + " " + route.path() + " HTTP/1.1\r\n").getBytes(US_ASCII);
        this.busy = busy;
        this.refuses = refuses;
        this.answer = answer;
        this.beforeDate = ("HTTP/1.1 " + Status.create(answer.status()) + "\r\nDate: ").getBytes(US_ASCII);
        this.afterDate = headers(answer).getBytes(US_ASCII);
        this.metrics = metrics;
    }

    private static String headers(Answer answer) {
        StringBuilder headers = new StringBuilder();
        for (Header header : answer.headers()) {
            headers.append(header.name()).append(": ").append(header.get()).append("\r\n");
        }
        headers.append(ContractService.NO_STORE.name())
                .append(": ")
                .append(ContractService.NO_STORE.get())
                .append("\r\n");
        return headers.append("Connection: keep-alive\r\nContent-Length: ")
                .append(answer.body().length)
                .append("\r\n")
                .append(RequestIds.NAME.defaultCase())
                .append(": ")
                .toString();
    }

    /**
     * What to answer, instead of serving it, to a request that begins here.
     *
     * @param bytes the first that came of it, and all that has come
     * @return null when it is to be served
     */
    byte @Nullable [] refusal(byte[] bytes) {
        if (!busy.getAsBoolean() || !isOfTheRoute(bytes)) {
            return null;
        }
        long started = System.nanoTime();
        PlainRequest request = PlainRequest.read(bytes, firstLine.length);
        if (request == null || !refuses.test(request.apiKey())) {
            return null;
        }
        byte[] refusal = compose();
        metrics.record(route.name(), answer.status(), answer.outcome(), System.nanoTime() - started);
        return refusal;
    }

    private boolean isOfTheRoute(byte[] bytes) {
        int length = firstLine.length;
        return bytes.length > length && Arrays.equals(bytes, 0, length, firstLine, 0, length);
    }

    private byte[] compose() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_ANSWER);
        bytes.writeBytes(beforeDate);
        bytes.writeBytes(DateTime.http1Bytes());
        bytes.writeBytes(afterDate);
        bytes.writeBytes(RequestIds.random().getBytes(US_ASCII));
        bytes.writeBytes(END_OF_HEAD);
        bytes.writeBytes(answer.body());
        return bytes.toByteArray();
    }
}
