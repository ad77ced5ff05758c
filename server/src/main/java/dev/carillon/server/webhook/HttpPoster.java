// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests by Apache HttpClient, since the JDK's client cannot be told which address to connect to. A name is resolved once, by a
 * resolver that refuses the wrong addresses, and the connection goes to what it answered, while TLS is checked against the name: a
 * name that changes its address in between (DNS rebinding) gains nothing. There are no redirects, proxies or cookies. Thread-safe.
 */
final class HttpPoster implements Poster {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPoster.class);

    /** Time to connect to one of at most two addresses. */
    private static final Duration CONNECT = Duration.ofSeconds(4);

    /** A receiver that is told much keeps its connections, for the sake of TLS; after a while its name is looked up again. */
    private static final TimeValue LONGEST_LIFE = TimeValue.ofSeconds(60);

    private static final TimeValue IDLE = TimeValue.ofSeconds(4);

    /** An answer of more octets is not worth reading to keep the connection. */
    private static final int SHORT_ANSWER = 16_384;

    private static final ContentType JSON = ContentType.create("application/json");

    private final CloseableHttpClient client;
    private final PublicNames names;
    private final Duration patience;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webhook-timer").factory());

    /**
     * Makes a client.
     *
     * @param names look-ups, closed with this
     * @param tls which certificates are trusted; names are checked in any case
     * @param patience for a whole request, from the look-up of the name to the status of the answer
     * @param connections the most at a time
     */
    HttpPoster(PublicNames names, SSLContext tls, Duration patience, int connections) {
        this.names = names;
        this.patience = patience;
        // Else each request would be kept until its time would have run out, answered or not.
        timer.setRemoveOnCancelPolicy(true);
        Timeout timeout = Timeout.of(patience);
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT))
                                .setSocketTimeout(timeout)
                                // What the receiver has closed meanwhile is noticed before it is used.
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .setTimeToLive(LONGEST_LIFE)
                                .build())
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                .evictIdleConnections(IDLE)
                .evictExpiredConnections()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Carillon")
                .build();
    }

    @Override
    public Optional<String> post(String url, Map<String, String> headers, byte[] body) {
        URI uri = URI.create(url);
        HttpPost request = new HttpPost(uri);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, JSON));
        Future<?> deadline = timer.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            int status = status(request, uri);
            return status / 100 == 2 ? Optional.empty() : Optional.of("answered " + status);
        } catch (IOException | RuntimeException e) {
            return Optional.of(request.isCancelled() ? "no answer within " + patience.toSeconds() + " s" : reason(e));
        } finally {
            deadline.cancel(false);
        }
    }

    private int status(HttpPost request, URI uri) throws IOException {
        try {
            return status(request, client.executeOpen(target(uri), request, null));
        } catch (NoHttpResponseException e) {
            // A connection that was kept was closed by the receiver in the very moment; the next one is fresh.
            return status(request, client.executeOpen(target(uri), request, null));
        }
    }

    /** The status of an answer, of which nothing more is wanted. */
    private static int status(HttpPost request, ClassicHttpResponse response) {
        int status = response.getCode();
        try {
            if (!isReadToItsEnd(response)) {
                // This drops the connection; to close the answer alone would read on, however far that is.
                request.cancel();
            }
            response.close();
        } catch (IOException e) {
            LOG.trace("An answer was broken off", e);
        }
        return status;
    }

    private static boolean isReadToItsEnd(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return true;
        }
        if (entity.getContentLength() > SHORT_ANSWER) {
            return false;
        }
        InputStream content = entity.getContent();
        return content.readNBytes(SHORT_ANSWER).length < SHORT_ANSWER;
    }

    private static HttpHost target(URI uri) {
        return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case PublicNames.UnusableHostException unusable -> "the host " + unusable.getMessage();
            case SSLException _ ->
                "TLS failed: the certificate is not of this host, is not trusted or has run out, or it is no TLS";
            default -> "the connection failed: " + failure.getClass().getSimpleName();
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        names.close();
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException("the client cannot be closed", e);
        }
    }
}
