// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Candidate;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.routing.Price;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.routing.Senders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network that receipts name is remembered across windows, and used. */
final class SightingTest {
    private static final UUID NUMBER = World.id(10_007);
    private static final Network ORANGE = new Network("20801");

    private final World world = new World();

    /** One connection is cheap everywhere but in Orange's network, where the other is. */
    @BeforeEach
    void twoConnections() {
        world.table = new RoutingTable(
                List.of(
                        priced("one", price(Optional.empty(), 10), price(Optional.of(ORANGE), 90)),
                        priced("two", price(Optional.empty(), 50))),
                Map.of(),
                Set.of());
    }

    private static Candidate priced(String connection, Price... prices) {
        return new Candidate(new Lane(connection, Channel.SMS), Countries.ALL, List.of(prices), Senders.ANY);
    }

    private static Price price(Optional<Network> network, long micros) {
        return new Price(Optional.empty(), Optional.empty(), network, new Money(micros, "EUR"));
    }

    private UUID window() {
        UUID id = world.create().verification();
        world.pass(Duration.ofMinutes(10));
        return id;
    }

    private void seen(UUID window, Network network) {
        News news =
                new News(DeliveryStatus.DELIVERED, world.now, Optional.empty(), Optional.of(network), Optional.empty());
        Verification found = world.verification(window);
        String connection = found.hop(found.attempts().getFirst()).connection();
        Reported _ = world.run(new ReportDelivery(window, 1, connection, news));
    }

    private String firstConnection(UUID window) {
        return world.verification(window)
                .attempts()
                .getFirst()
                .route()
                .hops()
                .getFirst()
                .connection();
    }

    private Optional<Network> remembered() {
        NumberRecord record = Objects.requireNonNull(world.numbers.get(NUMBER));
        Optional<Verification> window = record.latest().map(world.verifications::get);
        return record.sighting(window, world.now).map(Sighting::network);
    }

    @Test
    void theLastWindowsNetworkDecidesThePrice() {
        UUID first = window();
        assertThat(firstConnection(first)).isEqualTo("one");
        seen(first, ORANGE);

        assertThat(remembered()).contains(ORANGE);
        assertThat(firstConnection(window())).isEqualTo("two");
    }

    @Test
    void itIsRememberedWhenLaterWindowsTellNothing() {
        seen(window(), ORANGE);
        UUID second = window();
        UUID third = window();

        assertThat(firstConnection(second)).isEqualTo("two");
        assertThat(firstConnection(third)).isEqualTo("two");
        assertThat(remembered()).contains(ORANGE);
    }

    @Test
    void aLaterReceiptTakesItsPlace() {
        seen(window(), ORANGE);
        seen(window(), new Network("20815"));

        assertThat(remembered()).contains(new Network("20815"));
        assertThat(firstConnection(window())).isEqualTo("one");
    }

    @Test
    void itIsNotBelievedForever() {
        seen(window(), ORANGE);
        UUID second = window();
        assertThat(firstConnection(second)).isEqualTo("two");
        world.pass(NumberRecord.SEEN_FOR);

        assertThat(remembered()).isEmpty();
        assertThat(firstConnection(window())).isEqualTo("one");
    }

    @Test
    void itIsForgottenWithTheNumber() {
        seen(window(), ORANGE);
        window();
        while (world.run(new EraseNumber(NUMBER))) {
            // until all is gone
        }

        assertThat(world.numbers).isEmpty();
        assertThat(firstConnection(window())).isEqualTo("one");
    }
}
