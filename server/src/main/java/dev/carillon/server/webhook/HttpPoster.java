// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests by Apache HttpClient, since the JDK's client cannot be told which address to connect to. A name is resolved once, by a
 * resolver that refuses the wrong addresses, and the connection goes to what it answered, while TLS is checked against the name: a
 * name that changes its address in between (DNS rebinding) gains nothing. Each request has a connection of its own; there are no
 * redirects, proxies, cookies or repetitions. Thread-safe.
 */
final class HttpPoster implements Poster {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPoster.class);

    private final CloseableHttpClient client;
    private final Duration patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-timer").factory());

    /**
     * Makes a client.
     *
     * @param patience for a whole request, from the look-up of the name to the status of the answer
     * @param connections the most at a time
     */
    HttpPoster(AddressRules addresses, Duration patience, int connections) {
        this.patience = patience;
        Timeout timeout = Timeout.of(patience);
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new PublicResolver(addresses))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
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
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        Future<?> deadline = timer.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            int status = status(request, client.executeOpen(target(uri), request, null));
            return status / 100 == 2 ? Optional.empty() : Optional.of("answered " + status);
        } catch (IOException | RuntimeException e) {
            return Optional.of(request.isCancelled() ? "no answer within " + patience.toSeconds() + " s" : reason(e));
        } finally {
            deadline.cancel(false);
        }
    }

    /** The status of an answer, of which nothing more is wanted. */
    private static int status(HttpPost request, ClassicHttpResponse response) {
        int status = response.getCode();
        // This drops the connection; to close the answer alone would read it to its end, however far that is.
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            LOG.trace("An answer was broken off", e);
        }
        return status;
    }

    private static HttpHost target(URI uri) {
        return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case RefusedAddressException refused -> String.valueOf(refused.getMessage());
            case UnknownHostException _ -> "the host is not known";
            case SSLException ssl -> "TLS failed: " + ssl.getClass().getSimpleName();
            default -> "the connection failed: " + failure.getClass().getSimpleName();
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException("the client cannot be closed", e);
        }
    }

    /** A name led to an address that is not to be called. */
    static final class RefusedAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        RefusedAddressException(String reason) {
            super("the host leads to a forbidden address: " + reason);
        }
    }

    /** One bad address spoils a name: it is not for a receiver to choose which one is taken. */
    record PublicResolver(AddressRules rules) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            InetAddress[] addresses = InetAddress.getAllByName(name);
            for (InetAddress address : addresses) {
                Optional<String> refusal = rules.refusal(address);
                if (refusal.isPresent()) {
                    throw new RefusedAddressException(refusal.get());
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
