// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Calls by the JDK's client: HTTP/2 where a provider offers it over TLS, else HTTP/1.1. Connections are kept open between calls
 * and belong to this object alone, so that one provider's trouble is not another's.
 *
 * <p>A call that failed counts as not arrived only when that is sure: no connection was made, the TLS handshake failed, or
 * nothing of the request's body was handed over. POSTs are never made twice.
 */
public final class JdkHttpCalls implements HttpCalls {
    /** The longest answer that is read: 256 KiB. */
    static final int MAX_ANSWER = 256 * 1024;

    private final Duration timeout;
    private final ExecutorService executor;
    private final HttpClient client;

    private JdkHttpCalls(Duration timeout) {
        this.timeout = timeout;
        executor = Executors.newVirtualThreadPerTaskExecutor();
        client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(Redirect.NEVER)
                .executor(executor)
                .build();
    }

    /**
     * A client of its own.
     *
     * @param timeout from the start of a call to the last byte of its answer, connecting included
     */
    public static JdkHttpCalls of(Duration timeout) {
        return new JdkHttpCalls(timeout);
    }

    @Override
    public HttpReply send(HttpCall call) throws CallFailedException, InterruptedException {
        WatchedBody body = new WatchedBody(BodyPublishers.ofString(call.body()));
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            answer = client.sendAsync(request(call, body), _ -> new BoundedBody(MAX_ANSWER));
        } catch (IllegalArgumentException e) {
            throw new CallFailedException("the request cannot be made: a header or the URL is wrong", false, e);
        }
        try {
            return reply(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new CallFailedException("no answer within " + timeout.toMillis() + " ms", arrived(call, body), e);
        } catch (ExecutionException e) {
            throw failed(call, body, e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true); // also ends what is still on the wire
        }
    }

    /** Calls that are being made fail. */
    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }

    private static HttpRequest request(HttpCall call, BodyPublisher body) {
        // Without TLS the client would ask for an upgrade to HTTP/2, at which some servers and proxies stumble.
        boolean tls = "https".equalsIgnoreCase(call.url().getScheme());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(call.url()).version(tls ? Version.HTTP_2 : Version.HTTP_1_1);
        call.headers().forEach(request::setHeader);
        return request.method(call.method(), call.body().isEmpty() ? BodyPublishers.noBody() : body)
                .build();
    }

    private static HttpReply reply(HttpResponse<byte[]> response) {
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new HttpReply(
                response.statusCode(), Map.copyOf(headers), new String(response.body(), StandardCharsets.UTF_8));
    }

    /** The messages of what the client throws may name hosts and headers, so none of them is passed on. */
    private static CallFailedException failed(HttpCall call, WatchedBody body, Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException e -> new CallFailedException("no connection in time", false, e);
            case ConnectException e -> new CallFailedException("no connection: " + reason(e), false, e);
            case SSLHandshakeException e -> new CallFailedException("the TLS handshake failed", false, e);
            case SSLPeerUnverifiedException e ->
                new CallFailedException("the host's certificate is another's", false, e);
            case TooLongException e -> new CallFailedException("the answer is longer than 256 KiB", true, e);
            case IOException e -> new CallFailedException("the connection broke", arrived(call, body), e);
            default -> new CallFailedException("the call failed", arrived(call, body), cause);
        };
    }

    private static String reason(ConnectException e) {
        return e.getCause() instanceof UnresolvedAddressException ? "the host is not known" : "refused";
    }

    /** A request whose body nobody asked for did not leave in full; one without a body may have. */
    private static boolean arrived(HttpCall call, WatchedBody body) {
        return call.body().isEmpty() || body.isTaken();
    }
}
