// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.verification.ReportDelivery;
import dev.carillon.server.api.Listener;
import dev.carillon.server.api.admin.AdminApi;
import dev.carillon.server.api.admin.Health;
import dev.carillon.server.api.ding.DingApi;
import dev.carillon.server.cli.Service;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Dispatcher;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.simulator.Inbox;
import dev.carillon.server.delivery.simulator.Simulator;
import dev.carillon.server.directory.Directory;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.Outgoing;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.metrics.Meters;
import dev.carillon.server.verify.CodeSource;
import dev.carillon.server.verify.Ids;
import dev.carillon.server.verify.KeyringVault;
import dev.carillon.server.verify.Stories;
import dev.carillon.server.verify.Verifications;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server. */
public final class CarillonServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(CarillonServer.class);
    private static final int INBOX = 20_000;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final ServerConfig config;
    private final OpenStore store;
    private final Meters meters = new Meters();
    private final Health health = new Health();
    private final Ledger ledger;
    private final Dispatcher dispatcher;
    private final Simulator simulator;
    private final Housekeeping housekeeping;
    private final Listener api;
    private final Listener admin;

    private CarillonServer(ServerConfig config, OpenStore store, Clock clock) {
        this.config = config;
        this.store = store;
        Store rows = store.database().store();
        Directory directory = new Directory(store.database(), store.keyring(), clock);
        KeyringVault vault = new KeyringVault(store.keyring(), store.windows());
        // The ledger tells the dispatcher of messages, and the dispatcher tells the ledger what became of them.
        CompletableFuture<Dispatcher> outbox = new CompletableFuture<>();
        ledger = new Ledger(rows, clock, outgoing -> accept(outbox, outgoing), meters);
        Inbox inbox = new Inbox(INBOX);
        simulator = new Simulator(inbox, receipts(), Simulator.Delays.STANDARD, clock);
        dispatcher = new Dispatcher(ledger, rows, directory::account, store.keyring(), vault, simulator, clock);
        outbox.complete(dispatcher);
        Ids ids = new Ids(clock);
        Verifications verifications = new Verifications(
                ledger,
                store.keyring(),
                vault,
                CodeSource.random(ids),
                ids,
                new Stories(new VerificationReader(rows), store.keyring(), vault, clock));
        observe(rows, clock);
        // What coming rows need is made before any comes: to move rows later, every request would have to wait.
        boolean _ = rows.maintain(clock.instant(), config.retention());
        housekeeping = housekeeping(rows, clock);
        DingApi ding = new DingApi(directory::authenticate, verifications, clock, Optional.empty(), meters);
        HttpRouting.Builder routing = HttpRouting.builder();
        ding.register(routing);
        ding.registerRest(routing);
        api = Listener.start(new Listener.Settings(config.host(), config.port()), routing, ding.errors(), meters);
        AdminApi adminApi = new AdminApi(health, meters::scrape, inbox);
        admin = Listener.start(
                new Listener.Settings(config.adminHost(), config.adminPort()),
                adminApi.register(HttpRouting.builder()),
                ding.errors(),
                meters);
    }

    /** Starts everything; when this returns, requests are answered. */
    public static CarillonServer start(ServerConfig config) {
        Clock clock = Clock.systemUTC();
        List<ConnectionSettings> _ = OpenConnections.settings(config.connections(), ConnectionKinds.ALL);
        OpenStore store = OpenStore.open(config, clock);
        try {
            CarillonServer server = new CarillonServer(config, store, clock);
            LOG.warn("No connection is configured: messages go to the simulator, nothing is sent to any phone");
            return server;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public URI address() {
        return uri(config.host(), api.port());
    }

    @Override
    public URI adminAddress() {
        return uri(config.adminHost(), admin.port());
    }

    /** Requests first, then the messages that they queued, then the ledger: nothing that was accepted is dropped on the way. */
    @Override
    public void close() {
        health.drain();
        api.close();
        housekeeping.close();
        if (!dispatcher.drain(DRAIN)) {
            LOG.warn("Some messages were still being sent; they stay in the outbox");
        }
        dispatcher.close();
        simulator.close();
        ledger.close();
        admin.close();
        meters.close();
        store.close();
    }

    private static void accept(CompletableFuture<Dispatcher> outbox, Outgoing outgoing) {
        outbox.join().accept(outgoing);
    }

    private ReceiptListener receipts() {
        return (connection, receipt) -> {
            if (!(receipt.subject() instanceof Receipt.Subject.OurRef(AttemptRef ref))) {
                return;
            }
            try {
                var _ = ledger.submit(new ReportDelivery(
                        ref.verification(), ref.attempt(), Optional.empty(), receipt.status(), receipt.at()));
            } catch (OverloadedException e) {
                LOG.warn("A receipt of {} was dropped: {}", connection, e.getMessage());
            }
        };
    }

    private void observe(Store rows, Clock clock) {
        health.check("ledger", ledger::isRunning)
                .check("queue", () -> ledger.depth() < ledger.capacity())
                .check("store", rows::isReachable);
        meters.gauge("ledger.queue.depth", "Commands that wait for the ledger", ledger::depth);
        meters.gauge("outbox.sending", "Messages being sent by this node", dispatcher::inFlight);
        meters.gauge(
                "outbox.oldest.age.seconds",
                "How long the oldest overdue message has been waiting",
                () -> rows.oldestDue(clock.instant()).map(Duration::toSeconds).orElse(0L));
    }

    private Housekeeping housekeeping(Store rows, Clock clock) {
        return new Housekeeping()
                .every(Duration.ofSeconds(1), "taking over messages", dispatcher::recover)
                .every(Duration.ofSeconds(2), "reading the keyring", store.keyring()::refresh)
                .every(Duration.ofSeconds(20), "window keys", () -> store.windows()
                        .maintain(clock.instant()))
                .every(Duration.ofMillis(500), "retention", () -> {
                    boolean _ = rows.maintain(clock.instant(), config.retention());
                });
    }

    private static URI uri(String host, int port) {
        boolean v6 = host.contains(":") && !host.startsWith("[");
        return URI.create("http://" + (v6 ? "[" + host + "]" : host) + ":" + port);
    }
}
