// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.message.MessageTemplates;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.server.api.ClientAddresses;
import dev.carillon.server.api.Contracts;
import dev.carillon.server.api.Listener;
import dev.carillon.server.api.admin.AdminApi;
import dev.carillon.server.api.admin.Health;
import dev.carillon.server.api.ding.DingApi;
import dev.carillon.server.api.ding.DingEvents;
import dev.carillon.server.api.dynamic.DynamicApi;
import dev.carillon.server.api.hooks.CallbackUrls;
import dev.carillon.server.api.hooks.HooksApi;
import dev.carillon.server.captcha.Captchas;
import dev.carillon.server.captcha.SiteVerify;
import dev.carillon.server.cli.Service;
import dev.carillon.server.config.ConfigException;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Connections;
import dev.carillon.server.delivery.Dispatcher;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.Receipts;
import dev.carillon.server.delivery.Sender;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import dev.carillon.server.delivery.http.LazyHttpCalls;
import dev.carillon.server.delivery.simulator.Inbox;
import dev.carillon.server.delivery.simulator.Simulator;
import dev.carillon.server.delivery.token.StoredTokens;
import dev.carillon.server.directory.Directory;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.NumberReader;
import dev.carillon.server.ledger.Outgoing;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.lookup.DataFolder;
import dev.carillon.server.lookup.Lookup;
import dev.carillon.server.lookup.paid.AccountCharges;
import dev.carillon.server.lookup.paid.LookupSettings;
import dev.carillon.server.lookup.paid.PaidLookups;
import dev.carillon.server.lookup.paid.StoredAnswers;
import dev.carillon.server.lookup.paid.provider.LookupKinds;
import dev.carillon.server.metrics.Meters;
import dev.carillon.server.user.Tokens;
import dev.carillon.server.user.Users;
import dev.carillon.server.verify.Attempts;
import dev.carillon.server.verify.CodeSource;
import dev.carillon.server.verify.Fallbacks;
import dev.carillon.server.verify.Ids;
import dev.carillon.server.verify.KeyringVault;
import dev.carillon.server.verify.SeenNetworks;
import dev.carillon.server.verify.Stories;
import dev.carillon.server.verify.Verifications;
import dev.carillon.server.webhook.Letters;
import dev.carillon.server.webhook.TrustedAuthorities;
import dev.carillon.server.webhook.WebhookSettings;
import dev.carillon.server.webhook.Webhooks;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server. */
public final class CarillonServer implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(CarillonServer.class);
    private static final int INBOX = 20_000;
    /** A batch that takes so long waits for a database that answers and does not commit: no standby confirms, its disk hangs. */
    private static final Duration STUCK = Duration.ofSeconds(10);

    private static final Duration DRAIN = Duration.ofSeconds(5);
    /** A load balancer asks for readiness every few seconds; 30 is the longest that is usual. */
    private static final Duration WATCHED = Duration.ofMinutes(1);
    /** A person waits meanwhile. */
    private static final Duration CAPTCHA_TIMEOUT = Duration.ofSeconds(5);

    private final ServerConfig config;
    private final OpenStore store;
    private final Meters meters = new Meters();
    private final Health health = new Health();
    private final Ledger ledger;
    private final HttpCalls captchaCalls;
    private final Dispatcher dispatcher;
    private final Connections connections;
    private final PaidLookups paidLookups;
    private final StoreProbe probe;
    private final Housekeeping housekeeping;
    private final Webhooks webhooks;
    private final Listener api;
    private final Listener admin;

    private CarillonServer(
            ServerConfig config,
            WebhookSettings webhookSettings,
            OpenStore store,
            HttpCalls captchaCalls,
            Clock clock) {
        this.config = config;
        this.captchaCalls = captchaCalls;
        this.store = store;
        Store rows = store.database().store();
        Directory directory = new Directory(store.database(), store.keyring(), clock);
        KeyringVault vault = new KeyringVault(store.keyring(), store.windows());
        // The ledger tells the dispatcher of messages, and the dispatcher tells the ledger what became of them.
        CompletableFuture<Dispatcher> outbox = new CompletableFuture<>();
        ledger = new Ledger(rows, clock, outgoing -> accept(outbox, outgoing), meters);
        Inbox inbox = new Inbox(INBOX);
        // Connections tell of receipts, and receipts of messages that were sent by connections.
        CompletableFuture<Receipts> receipts = new CompletableFuture<>();
        ReceiptListener listener = (connection, receipt) -> receipts.join().received(connection, receipt);
        CallbackUrls callbacks = new CallbackUrls(config.publicUrl(), store.keyring());
        connections = connections(
                config,
                inbox,
                new ServerContext(
                        listener, callbacks, new StoredTokens(store.database(), store.keyring(), clock), clock));
        Ids ids = new Ids(clock);
        NumberReader numbers = new NumberReader(rows);
        VerificationReader reader = new VerificationReader(rows);
        paidLookups = new PaidLookups(
                OpenLookups.open(config.lookups(), LookupKinds.ALL, clock),
                new StoredAnswers(ledger, numbers, store.keyring()),
                new AccountCharges(ledger, directory::account),
                meters,
                clock);
        SeenNetworks seen = new SeenNetworks(numbers, reader, store.keyring(), clock);
        Lookup lookup = Lookup.with(new DataFolder(config.dataDir(), clock), seen::of, paidLookups, clock);
        Attempts attempts =
                new Attempts(ids, CodeSource.random(ids), vault, store.keyring(), connections::table, lookup);
        Fallbacks fallbacks = new Fallbacks(ledger, store.keyring(), attempts);
        Sender sender =
                new Sender(ledger, directory::account, store.keyring(), vault, fallbacks, connections, clock, meters);
        dispatcher = new Dispatcher(rows, directory::account, sender, fallbacks, clock, meters);
        outbox.complete(dispatcher);
        receipts.complete(new Receipts(ledger, store.keyring(), dispatcher, meters));
        Verifications verifications = new Verifications(
                ledger, store.keyring(), vault, attempts, ids, new Stories(reader, store.keyring(), vault, clock));
        webhooks = webhookSettings.start(
                new Letters(store.database()), reader, directory::account, store.keyring(), new DingEvents(), clock);
        probe = StoreProbe.start(rows::isReachable);
        observe(rows, clock);
        // What coming rows need is made before any comes: to move rows later, every request would have to wait.
        boolean _ = rows.maintain(clock.instant(), config.retention());
        housekeeping = housekeeping(rows, clock).every(Duration.ofSeconds(5), "reading number data", lookup::reload);
        DingApi ding = new DingApi(
                directory::authenticate,
                verifications,
                lookup,
                clock,
                config.publicUrl().map(URI::toString),
                webhookSettings.urls()::objection,
                meters);
        Contracts contracts = ding.contracts();
        dynamic(config, directory, verifications, clock).register(contracts);
        new HooksApi(connections::find, callbacks, listener, clock, meters).register(contracts);
        api = Listener.start(new Listener.Settings(config.host(), config.port()), contracts, ding.errors(), meters);
        AdminApi adminApi = new AdminApi(health, meters::scrape, inbox);
        admin = Listener.start(
                new Listener.Settings(config.adminHost(), config.adminPort()),
                adminApi.register(HttpRouting.builder()),
                ding.errors(),
                meters);
    }

    /** Starts everything; when this returns, requests are answered. */
    public static CarillonServer start(ServerConfig config) {
        return start(config, new LazyHttpCalls(() -> JdkHttpCalls.of(CAPTCHA_TIMEOUT)));
    }

    /** The same with other calls to those who make captchas. */
    static CarillonServer start(ServerConfig config, HttpCalls captchaCalls) {
        Clock clock = Clock.systemUTC();
        // What is wrong in the settings is said before a store is made.
        List<ConnectionSettings> _ = OpenConnections.settings(config.connections(), ConnectionKinds.ALL);
        List<LookupSettings> _ = OpenLookups.settings(config.lookups(), LookupKinds.ALL);
        WebhookSettings webhooks = webhooks(config);
        Thread.ofPlatform().daemon().name("prepare").start(CarillonServer::prepare);
        OpenStore store = OpenStore.open(config, clock);
        try {
            return new CarillonServer(config, webhooks, store, captchaCalls, clock);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static WebhookSettings webhooks(ServerConfig config) {
        try {
            return new WebhookSettings(
                    config.webhookHttp(),
                    config.webhookNetworks(),
                    authorities(config.webhookCa()),
                    config.retention());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("webhook-ca: " + e.getMessage(), e);
        }
    }

    /** The operator's own are read at once, to say what is wrong with them; the JDK's when they are needed. */
    private static Supplier<SSLContext> authorities(Optional<Path> own) {
        if (own.isEmpty()) {
            return () -> TrustedAuthorities.with(own);
        }
        SSLContext read = TrustedAuthorities.with(own);
        return () -> read;
    }

    /** While the store is being opened: what the listeners and the first request would have to wait for. */
    private static void prepare() {
        Listener.prepare();
        ParseResult _ = NumberingPlan.parse("+33612345678");
        MessageTemplates _ = MessageTemplates.bundled();
        // Last: a start needs the others, and only a lookup needs these.
        Lookup.prepare();
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
        api.drain();
        if (health.wasAskedWithin(WATCHED)) {
            waitUntilNoticed();
        }
        api.close();
        paidLookups.close();
        captchaCalls.close();
        housekeeping.close();
        ledger.settle();
        if (!dispatcher.drain(DRAIN)) {
            LOG.warn("Some messages were still being sent; they stay in the outbox");
        }
        dispatcher.close();
        connections.close();
        webhooks.close();
        ledger.close();
        admin.close();
        meters.close();
        probe.close();
        store.close();
    }

    private void waitUntilNoticed() {
        try {
            Thread.sleep(config.drainDelay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DynamicApi dynamic(ServerConfig config, Directory directory, Verifications verifications, Clock clock) {
        String issuer = config.publicUrl().map(URI::getAuthority).orElse("carillon");
        return new DynamicApi(
                new DynamicApi.Parts(
                        directory::environment,
                        verifications,
                        new Captchas(new SiteVerify(captchaCalls, clock), store.database(), store.keyring(), clock),
                        new Users(store.database(), store.keyring(), clock),
                        new Tokens(issuer, clock),
                        new ClientAddresses(config.trustedProxies()),
                        clock),
                meters);
    }

    private static void accept(CompletableFuture<Dispatcher> outbox, Outgoing outgoing) {
        outbox.join().accept(outgoing);
    }

    /** What is configured; the simulator when nothing is. */
    private static Connections connections(ServerConfig config, Inbox inbox, ServerContext context) {
        List<Connections.Entry> configured = OpenConnections.open(config.connections(), ConnectionKinds.ALL, context)
                .all();
        if (!configured.isEmpty()) {
            return new Connections(configured);
        }
        LOG.warn("No connection is configured: messages go to the simulator, nothing is sent to any phone");
        Simulator simulator = new Simulator(inbox, context.receipts(), Simulator.Delays.STANDARD, context.clock());
        return new Connections(List.of(new Connections.Entry(Simulator.settings(), simulator)));
    }

    private void observe(Store rows, Clock clock) {
        health.check("ledger", () -> ledger.isRunning() && ledger.busy().compareTo(STUCK) < 0)
                .check("queue", () -> ledger.depth() < ledger.capacity())
                .check("store", probe::isAnswering);
        meters.gauge("ledger.queue.depth", "Commands that wait for the ledger", ledger::depth);
        meters.gauge("outbox.sending", "Messages being sent by this node", dispatcher::inFlight);
        meters.gauge(
                "outbox.oldest.age.seconds",
                "How long the oldest overdue message has been waiting",
                () -> rows.oldestDue(clock.instant()).map(Duration::toSeconds).orElse(0L));
        meters.gauge("webhook.sending", "Webhooks being sent by this node", webhooks::inFlight);
        meters.gauge(
                "webhook.oldest.age.seconds",
                "How long the oldest overdue webhook has been waiting",
                () -> webhooks.oldestDue().map(Duration::toSeconds).orElse(0L));
    }

    private Housekeeping housekeeping(Store rows, Clock clock) {
        return new Housekeeping()
                .every(Duration.ofSeconds(1), "taking over messages", dispatcher::recover)
                .every(Duration.ofSeconds(2), "reading the keyring", store.keyring()::refresh)
                .every(Duration.ofSeconds(20), "window keys", () -> store.windows()
                        .maintain(clock.instant()))
                .every(Duration.ofSeconds(1), "window keys after the clock was set", () -> {
                    Instant now = clock.instant();
                    if (!store.windows().serves(now)) {
                        store.windows().maintain(now);
                    }
                })
                .every(Duration.ofMillis(500), "retention", () -> {
                    boolean _ = rows.maintain(clock.instant(), config.retention());
                });
    }

    private static URI uri(String host, int port) {
        boolean v6 = host.contains(":") && !host.startsWith("[");
        return URI.create("http://" + (v6 ? "[" + host + "]" : host) + ":" + port);
    }
}
