// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A port that speaks HTTP/1.1, with limits on all that a client can make it hold. */
public final class Listener implements AutoCloseable {
    private static final int MAX_REQUEST_LINE = 4 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;

    /**
     * Helidon's own limit on bodies, which bounds what it buffers of one chunk. Above {@link RequestBody#MAX_BYTES}, so that the answer
     * to a body that is a little too long is the contract's and reaches a client that writes all before it reads.
     */
    private static final int MAX_PAYLOAD = 4 * RequestBody.MAX_BYTES;

    /** Those for whom room is being made. */
    private static final int NEWCOMERS = 256;

    /** Long requests that are arriving may hold this part of the memory. */
    private static final int HELD_PART = 16;

    /**
     * So many connections may wait to be taken; Linux itself allows no more by default. When clients come all at once, those for whom there is
     * no room here try again after 1, 3, 7 and 15 seconds.
     */
    private static final int BACKLOG = 4096;

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final WebServer server;
    private final AtomicBoolean draining;
    private final AtomicBoolean stopping;

    private Listener(WebServer server, AtomicBoolean draining, AtomicBoolean stopping) {
        this.server = server;
        this.draining = draining;
        this.stopping = stopping;
    }

    /**
     * What to listen on, and the bounds of a connection; these are looked at four times in the shorter of the two.
     *
     * @param host a name or address of this machine
     * @param port 0 for any free one
     * @param maxConnections with more, those whose next bytes have been waited for the longest are closed
     * @param timeout the longest that a connection may wait for the next request, and that a request may take up to its answer's last byte
     * @param arrival the longest that a request may take to arrive, from its first byte to its last
     */
    public record Settings(String host, int port, int maxConnections, Duration timeout, Duration arrival) {
        private static final int DEFAULT_MAX_CONNECTIONS = 10_000;
        private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
        private static final Duration DEFAULT_ARRIVAL = Duration.ofSeconds(20);

        public Settings(String host, int port) {
            this(host, port, OpenFiles.connections(DEFAULT_MAX_CONNECTIONS), DEFAULT_TIMEOUT, DEFAULT_ARRIVAL);
        }

        private Duration period() {
            return (arrival.compareTo(timeout) < 0 ? arrival : timeout).dividedBy(4);
        }
    }

    /** Has Helidon do what it does once, which may go on beside other things that a start waits for. */
    public static void prepare() {
        WebServerConfig _ = WebServer.builder().protocolsDiscoverServices(false).buildPrototype();
    }

    /**
     * Listens, for contracts.
     *
     * @param errors words what goes wrong before a route is found
     * @throws RuntimeException when the port is taken or the host is not of this machine
     */
    public static Listener start(Settings settings, Contracts contracts, ErrorShape errors, RequestMetrics metrics) {
        // What Helidon would decode and look at for every request, nobody asks for: contracts know their paths as they
        // are sent.
        Http1Config.Builder http1 = Http1Config.builder().validatePath(false);
        return start(
                settings, http1, HttpRouting.builder().any(contracts::handle), contracts::refusal, errors, metrics);
    }

    /** The same for Helidon's own routing. */
    public static Listener start(
            Settings settings, HttpRouting.Builder routing, ErrorShape errors, RequestMetrics metrics) {
        return start(settings, Http1Config.builder(), routing, _ -> null, errors, metrics);
    }

    private static Listener start(
            Settings settings,
            Http1Config.Builder http1,
            HttpRouting.Builder routing,
            BoundedConnection.Doorman contracts,
            ErrorShape errors,
            RequestMetrics metrics) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        AtomicBoolean draining = new AtomicBoolean();
        AtomicBoolean stopping = new AtomicBoolean();
        ProtocolErrors handler = new ProtocolErrors(errors, metrics, stopping::get);
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        http1.maxPrologueLength(MAX_REQUEST_LINE)
                .maxHeadersSize(MAX_HEADERS)
                .addReceiveListener(new BoundedContext.FirstLines());
        // Who is told that the server is going has to be told by Helidon.
        BoundedConnection.Doorman doorman = bytes -> draining.get() || stopping.get() ? null : contracts.refusal(bytes);
        Crowd crowd = new Crowd(settings.maxConnections(), Runtime.getRuntime().maxMemory() / HELD_PART);
        routing.addFilter((chain, request, response) -> {
            boolean last = draining.get();
            if (last) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
            chain.proceed();
            if (last) {
                new RequestBody(request).drain();
                throw new CloseConnectionException("The server is going");
            }
        });
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .backlog(BACKLOG)
                .maxTcpConnections(settings.maxConnections() + NEWCOMERS)
                .maxPayloadSize(MAX_PAYLOAD)
                .idleConnectionTimeout(settings.timeout())
                .idleConnectionPeriod(settings.period())
                .connectionOptions(options -> options.tcpNoDelay(true))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new OnlyHttp1(
                        Http1ConnectionSelector.builder().config(http1.build()).build(), settings, crowd, doorman))
                .directHandlers(handlers.build())
                .addRouting(routing)
                .build()
                .start();
        if (!server.isRunning()) { // Helidon logs why, and returns
            throw new IllegalStateException("cannot listen on " + settings.host() + ":" + settings.port());
        }
        return new Listener(server, draining, stopping);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * From now on each connection is closed with its next answer, which says so. Requests are taken as before, on new connections too, so
     * that whoever has not noticed yet is served, and goes elsewhere afterwards.
     */
    public void drain() {
        draining.set(true);
    }

    /** Takes no more connections, lets the requests that are being served end for at most ten seconds, then closes. */
    @Override
    public void close() {
        stopping.set(true);
        server.stop();
    }
}
