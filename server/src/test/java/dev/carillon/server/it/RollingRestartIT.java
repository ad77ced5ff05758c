// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.server.it.Balancer.HaProxy;
import dev.carillon.server.it.Balancer.Passing;
import dev.carillon.server.it.Balancer.Place;
import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are restarted one after the other under load, and no client notices. */
class RollingRestartIT {
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than either balancer takes to notice, also on a machine that is busy with other things. */
    private static final Map<String, String> DRAIN = Map.of("CARILLON_DRAIN_DELAY", "2s");

    @TempDir
    Path folder;

    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Queue<Answer> created = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private Installation installation;
    private Customer customer;
    private List<Place> places;

    @SuppressWarnings("NullAway.Init") // what prepare() sets
    RollingRestartIT() {}

    @BeforeEach
    void prepare() throws Exception {
        installation = Installation.fresh(Engine.POSTGRESQL, folder);
        customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        places = List.of(Place.free(), Place.free());
    }

    @Test
    void behindHaProxy() throws Exception {
        Optional<Path> program = HaProxy.program();
        assumeTrue(program.isPresent(), "HAProxy is not installed");
        try (Balancer balancer = new HaProxy(program.get(), places, folder)) {
            restartOneByOne(balancer);
        }
    }

    /** Here connections must be given up by the nodes, since nobody else knows where a request ends. */
    @Test
    void behindABalancerOfConnections() throws Exception {
        try (Balancer balancer = new Passing(places)) {
            restartOneByOne(balancer);
        }
    }

    private void restartOneByOne(Balancer balancer) throws Exception {
        List<CarillonProcess> nodes = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (Place place : places) {
                    nodes.add(installation.serveOn(place.port(), place.adminPort(), DRAIN));
                }
                await().atMost(PATIENCE).until(balancer::hasBoth);
                for (int i = 0; i < CLIENTS; i++) {
                    clients.execute(() -> createUntilEnough(balancer.address()));
                }
                waitForMore();
                for (int i = 0; i < places.size(); i++) {
                    CarillonProcess node = nodes.get(i);
                    node.terminate();
                    assertThat(node.exitCode()).as(node.log()).isZero();
                    waitForMore();
                    nodes.set(
                            i,
                            installation.serveOn(
                                    places.get(i).port(), places.get(i).adminPort(), DRAIN));
                    await().atMost(PATIENCE).until(balancer::hasBoth);
                    waitForMore();
                }
            } finally {
                enough.set(true); // the clients end in any case
            }
        }
        assertThat(failures).isEmpty();
        try (Ding ding = new Ding(nodes.getFirst(), customer)) {
            for (Answer answer : created) {
                Answer status = ding.status(answer.field("authentication_uuid"));
                assertThat(status.status()).as(status.text()).isEqualTo(200);
            }
        } finally {
            nodes.forEach(CarillonProcess::close);
        }
    }

    private void waitForMore() {
        int before = created.size();
        await().atMost(PATIENCE).until(() -> created.size() > before + 5 * CLIENTS || !failures.isEmpty());
    }

    private void createUntilEnough(URI address) {
        try (Ding ding = new Ding(address, customer)) {
            while (!enough.get()) {
                Answer answer = ding.create("+3367%07d".formatted(numbers.incrementAndGet() * 7919L % 10_000_000));
                if (answer.status() == 200 && answer.field("status").equals("pending")) {
                    created.add(answer);
                } else {
                    failures.add(answer.toString());
                }
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }
}
