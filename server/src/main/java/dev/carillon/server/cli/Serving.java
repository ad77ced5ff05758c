// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.config.log.Logging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code serve} does: runs until SIGTERM or SIGINT, drains, and exits 0. */
final class Serving {
    /** Longer than any request may take, after the delay of draining; a service that is not closed by then hangs. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private Serving() {}

    /**
     * Runs the server.
     *
     * @throws Exception when it cannot be started, or ends with a failure
     */
    static int run(Context context, ServerConfig config) throws Exception {
        Logging.start(config.logFormat());
        requireFree(config.host(), config.port());
        requireFree(config.adminHost(), config.adminPort());
        Service service = context.wiring().service(config);
        Runnable ready = () ->
                context.out().println("carillon ready " + service.address() + " admin " + service.adminAddress());
        context.wiring().keep(service, CLOSE_LIMIT.plus(config.drainDelay()), ready);
        return 0;
    }

    /** Does not return: from here on only a signal ends the program, through a hook. */
    static void untilSignal(Service service, Duration limit, Runnable ready) throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> shutDown(service, limit)));
        // Whoever reads it may send the signal at once.
        ready.run();
        new CountDownLatch(1).await();
    }

    /**
     * Says in one line what else is a stack trace in the log, and no failure at all: Helidon's start() returns although a port is
     * taken.
     */
    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new AdministrationException("cannot listen on " + host + ": the name is not known", e);
        } catch (IOException e) {
            throw new AdministrationException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * After a signal the JVM exits with 128 + its number once all hooks are done. A server that was asked to stop and did has
     * succeeded, so the last thing that this hook does is to halt with the right code.
     */
    private static void shutDown(Service service, Duration limit) {
        Logger log = LoggerFactory.getLogger(Serving.class);
        log.info("Stopping");
        FutureTask<Boolean> closing = new FutureTask<>(service::close, true);
        Thread.ofPlatform().daemon().name("closing").start(closing);
        int code = Program.FAILED;
        try {
            closing.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            log.info("Stopped");
            code = 0;
        } catch (TimeoutException e) {
            log.error("Not stopped after {} seconds: gave up", limit.toSeconds());
        } catch (ExecutionException | InterruptedException e) {
            log.error("Stopped with a failure", e);
        }
        Runtime.getRuntime().halt(code);
    }
}
