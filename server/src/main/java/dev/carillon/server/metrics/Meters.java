// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.metrics;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.SpendAlert;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.api.RequestMetrics;
import dev.carillon.server.delivery.DeliveryMetrics;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.ledger.LedgerMetrics;
import dev.carillon.server.lookup.paid.LookupMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The meters, all with the prefix {@code carillon_}. No label ever holds a number, a code, a key or an account's data. */
public final class Meters implements LedgerMetrics, RequestMetrics, DeliveryMetrics, LookupMetrics, AutoCloseable {
    private static final double MILLION = 1e6;
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final Map<RequestLabels, Timer> requests = new ConcurrentHashMap<>();
    private final DistributionSummary batchSize = DistributionSummary.builder("carillon.ledger.batch.size")
            .description("Commands in a committed batch")
            .serviceLevelObjectives(1, 4, 16, 64, 256)
            .register(registry);
    private final Timer commits = Timer.builder("carillon.ledger.commit")
            .description("From the start of a batch's transaction to its commit")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    private final Counter replays = counter("carillon.ledger.replays", "Batches run again after a conflict");
    private final Counter failures = counter("carillon.ledger.failures", "Batches that failed");
    private final Counter refusals = counter("carillon.ledger.refusals", "Commands refused since the queue was full");

    private final Counter fallbacks =
            counter("carillon.fallbacks", "Messages sent in place of others that did not arrive");
    private final Map<SendLabels, Counter> sends = new ConcurrentHashMap<>();
    private final Map<ReceiptLabels, Counter> receipts = new ConcurrentHashMap<>();

    private final Map<LookupLabels, Counter> lookups = new ConcurrentHashMap<>();
    private final Map<CostLabels, Counter> costs = new ConcurrentHashMap<>();

    private record LookupLabels(String provider, LookupMetrics.Outcome outcome) {}

    private record CostLabels(String provider, String currency) {}

    private record SendLabels(Lane lane, String outcome) {}

    private record ReceiptLabels(String connection, DeliveryStatus status) {}

    /** The outcome is the decision: the contract's status or error code. */
    private record RequestLabels(String endpoint, int status, String outcome) {}

    public Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** Reads a value whenever the meters are read. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder("carillon." + name, value).description(description).register(registry);
    }

    @Override
    public void record(String endpoint, int status, String outcome, long nanos) {
        requests.computeIfAbsent(new RequestLabels(endpoint, status, outcome), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void committed(int commands, Duration took) {
        batchSize.record(commands);
        commits.record(took);
    }

    @Override
    public void replayed() {
        replays.increment();
    }

    @Override
    public void failed() {
        failures.increment();
    }

    @Override
    public void alerted(SpendAlert alert) {
        Counter.builder("carillon.spend.alerts")
                .description("Accounts that have spent so much of what they may spend in a day")
                .tag("percent", Integer.toString(alert.percent()))
                .register(registry)
                .increment();
    }

    @Override
    public void refused() {
        refusals.increment();
    }

    @Override
    public void handedOver(Lane lane, SendResult result) {
        sends.computeIfAbsent(new SendLabels(lane, outcome(result)), this::counter)
                .increment();
    }

    @Override
    public void fellBack() {
        fallbacks.increment();
    }

    @Override
    public void received(String connection, Receipt receipt) {
        receipts.computeIfAbsent(new ReceiptLabels(connection, receipt.status()), this::counter)
                .increment();
    }

    @Override
    public void asked(String provider, LookupMetrics.Outcome outcome) {
        lookups.computeIfAbsent(new LookupLabels(provider, outcome), this::counter)
                .increment();
    }

    @Override
    public void paid(String provider, Money price) {
        costs.computeIfAbsent(new CostLabels(provider, price.currency()), this::counter)
                .increment(price.micros() / MILLION);
    }

    private static String outcome(SendResult result) {
        return switch (result) {
            case SendResult.Accepted _ -> "accepted";
            case SendResult.Rejected rejected ->
                "rejected_" + rejected.reason().name().toLowerCase(Locale.ROOT);
            case SendResult.Fault _ -> "fault";
            case SendResult.Unknown _ -> "unknown";
        };
    }

    private Counter counter(LookupLabels labels) {
        return Counter.builder("carillon.lookup.questions")
                .description("Questions to paid lookup providers, by what became of them")
                .tag("provider", labels.provider())
                .tag("outcome", labels.outcome().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter counter(CostLabels labels) {
        return Counter.builder("carillon.lookup.cost")
                .description("What paid lookups have cost by the settings' prices")
                .tag("provider", labels.provider())
                .tag("currency", labels.currency())
                .register(registry);
    }

    private Counter counter(SendLabels labels) {
        return Counter.builder("carillon.sends")
                .description("Messages handed to providers, by what became of it")
                .tag("connection", labels.lane().connection())
                .tag("channel", labels.lane().channel().text())
                .tag("outcome", labels.outcome())
                .register(registry);
    }

    private Counter counter(ReceiptLabels labels) {
        return Counter.builder("carillon.receipts")
                .description("Delivery receipts, by what they say")
                .tag("connection", labels.connection())
                .tag("status", labels.status().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    /** All meters in the text form of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }

    private Timer timer(RequestLabels labels) {
        return Timer.builder("carillon.requests")
                .description("Requests by endpoint, HTTP status and decision")
                .tag("endpoint", labels.endpoint())
                .tag("status", Integer.toString(labels.status()))
                .tag("outcome", labels.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        MeterRegistry all = registry;
        return Counter.builder(name).description(description).register(all);
    }
}
