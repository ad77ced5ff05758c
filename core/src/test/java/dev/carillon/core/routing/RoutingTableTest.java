// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Tried.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Candidate CHEAP = sms("cheap", "0.01 EUR");
    private static final Candidate DEAR = sms("dear", "0.02 EUR");
    private static final Candidate WHATSAPP = candidate("wa", Channel.WHATSAPP);
    private static final Channels BOTH = new Channels(List.of(Channel.SMS, Channel.WHATSAPP), true);

    @Test
    void theCheaperComesFirst() {
        Route route = plan(table(DEAR, CHEAP), request(Channels.STANDARD));
        assertThat(names(route)).containsExactly("cheap/sms", "dear/sms");
        assertThat(route.reasons()).containsExactly("cheap/sms: 0.01 EUR", "dear/sms: 0.02 EUR");
    }

    @Test
    void withoutPricesTheOperatorsOrderHolds() {
        assertThat(names(plan(table(sms("b"), sms("a")), request(Channels.STANDARD))))
                .containsExactly("b/sms", "a/sms");
    }

    @Test
    void whatHasNoPriceOrOneThatCannotBeComparedComesBehind() {
        RoutingTable table = table(sms("unknown"), DEAR, sms("dollars", "0.001 USD"));
        assertThat(names(plan(table, request(Channels.STANDARD)))).containsExactly("dear/sms", "unknown/sms");
    }

    @Test
    void theLineOfThePriceListThatNamesMoreWins() {
        Candidate candidate = new Candidate(
                new Lane("listed", Channel.SMS),
                Countries.ALL,
                List.of(
                        price(Optional.empty(), Optional.empty(), "0.09"),
                        price(Optional.of("FR"), Optional.empty(), "0.05"),
                        price(Optional.of("FR"), Optional.of(new Network("20801")), "0.001"),
                        price(Optional.of("DE"), Optional.empty(), "0.0001")),
                Senders.ANY);
        assertThat(plan(table(DEAR, candidate), request(Channels.STANDARD)).reasons())
                .containsExactly("dear/sms: 0.02 EUR", "listed/sms: 0.05 EUR");
        RouteRequest known = new RouteRequest(
                "FR", Optional.of(new Network("20801")), LineType.MOBILE, Channels.STANDARD, own -> own.orElse("Acme"));
        assertThat(names(plan(table(DEAR, candidate), known))).startsWith("listed/sms");
    }

    @Test
    void nothingToChooseNeedsNoReasons() {
        assertThat(plan(table(CHEAP), request(Channels.STANDARD)).reasons()).isEmpty();
    }

    @Test
    void theAccountsOrderOfChannelsComesBeforeThePrice() {
        Channels messengerFirst = new Channels(List.of(Channel.WHATSAPP, Channel.SMS), true);
        assertThat(names(plan(table(CHEAP, WHATSAPP), request(messengerFirst))))
                .containsExactly("wa/whatsapp", "cheap/sms");
        assertThat(names(plan(table(CHEAP, WHATSAPP), request(Channels.STANDARD))))
                .containsExactly("cheap/sms");
    }

    @Test
    void withoutFallbackARouteKeepsToOneChannel() {
        Channels fixed = new Channels(BOTH.order(), false);
        assertThat(names(plan(table(CHEAP, DEAR, WHATSAPP), request(fixed)))).containsExactly("cheap/sms", "dear/sms");
    }

    @Test
    void twoOfAChannelAreEnough() {
        assertThat(names(plan(table(sms("a"), sms("b"), sms("c"), WHATSAPP), request(BOTH))))
                .containsExactly("a/sms", "b/sms", "wa/whatsapp");
    }

    @Test
    void whatDoesNotServeTheCountryIsLeftOut() {
        Candidate german =
                new Candidate(new Lane("german", Channel.SMS), Countries.parse("DE"), List.of(), Senders.ANY);
        Route route = plan(table(german, CHEAP), request(Channels.STANDARD));
        assertThat(names(route)).containsExactly("cheap/sms");
        assertThat(route.reasons()).containsExactly("cheap/sms: 0.01 EUR", "german/sms left out: not for this country");
        assertThat(table(german).serves("FR", BOTH)).isFalse();
        assertThat(table(german).serves("DE", BOTH)).isTrue();
        assertThat(table(german).serves("DE", new Channels(List.of(Channel.VIBER), true)))
                .isFalse();
    }

    @Test
    void aLineThatCannotTakeACodeHasNoRoute() {
        RouteRequest landline =
                new RouteRequest("FR", Optional.empty(), LineType.FIXED_LINE, BOTH, own -> own.orElse("Acme"));
        assertThat(plan(table(CHEAP), landline).isNowhere()).isTrue();
    }

    @Test
    void aRouteThatLeadsNowhereSaysWhatItWouldHaveBeen() {
        Route route = plan(table(), request(BOTH));
        assertThat(route.isNowhere()).isTrue();
        assertThat(route.hops().getFirst().channel()).isEqualTo(Channel.SMS);
        assertThat(route.hops().getFirst().senderId()).isEqualTo("Acme");
        assertThat(route.reasons()).containsExactly("no connection is left");
    }

    @Test
    void theSenderIsChosenForTheConnectionAndTheCountry() {
        Candidate ruled = new Candidate(
                new Lane("ruled", Channel.SMS),
                Countries.ALL,
                List.of(),
                new Senders(Optional.of("OWN"), Map.of("US", "+12125550100")));
        assertThat(sender(ruled, "US")).isEqualTo("+12125550100");
        assertThat(sender(ruled, "FR")).isEqualTo("OWN");
        assertThat(sender(CHEAP, "FR")).isEqualTo("Acme");
    }

    // ---- health

    @Test
    void aMessengersSenderIsTheConnections() {
        Senders own = new Senders(Optional.of("447860099299"), Map.of());
        Candidate messenger = new Candidate(new Lane("wa", Channel.WHATSAPP), Countries.ALL, List.of(), own);
        Candidate sms = new Candidate(new Lane("sms", Channel.SMS), Countries.ALL, List.of(), own);
        RouteRequest named = new RouteRequest("FR", Optional.empty(), LineType.MOBILE, BOTH, _ -> "Acme");
        assertThat(plan(table(sms, messenger), named).hops())
                .extracting(Hop::senderId)
                .containsExactly("Acme", "447860099299");
    }

    @Test
    void aConnectionThatIsDownComesLast() {
        RoutingTable table = new RoutingTable(
                List.of(CHEAP, DEAR), Map.of(), Set.of(CHEAP.lane().connection()));
        Route route = plan(table, request(BOTH));
        assertThat(names(route))
                .containsExactly(DEAR.lane().toString(), CHEAP.lane().toString());
        assertThat(route.reasons())
                .anySatisfy(reason ->
                        assertThat(reason).startsWith(CHEAP.lane().toString()).endsWith("down"));
    }

    @Test
    void shakyComesBehindGoodOfTheSameChannel() {
        RoutingTable table =
                new RoutingTable(List.of(CHEAP, DEAR, WHATSAPP), Map.of(CHEAP.lane(), faults(2)), Set.of());
        Route route = plan(table, request(BOTH));
        assertThat(names(route)).containsExactly("dear/sms", "cheap/sms", "wa/whatsapp");
        assertThat(route.reasons()).contains("cheap/sms: 0.01 EUR, shaky");
    }

    @Test
    void whatKeepsFailingComesLast() {
        RoutingTable table = new RoutingTable(List.of(CHEAP, WHATSAPP), Map.of(CHEAP.lane(), faults(5)), Set.of());
        assertThat(names(plan(table, request(BOTH)))).containsExactly("wa/whatsapp", "cheap/sms");
        assertThat(table.plan(request(BOTH), List.of(), Purpose.FIRST, NOW.plusSeconds(5))
                        .hops())
                .extracting(Hop::connection)
                .as("after the pause it is tried in its place again")
                .containsExactly("cheap", "wa");
    }

    // ---- what was tried

    @Test
    void aRetryTakesWhatWasNotTried() {
        List<Tried> tried = List.of(new Tried(CHEAP.lane(), Result.SENT));
        assertThat(names(table(CHEAP, DEAR, WHATSAPP).plan(request(BOTH), tried, Purpose.RETRY, NOW)))
                .containsExactly("dear/sms", "wa/whatsapp", "cheap/sms");
    }

    @Test
    void aRetryWithOneWayTakesItAgain() {
        List<Tried> tried = List.of(new Tried(CHEAP.lane(), Result.UNKNOWN));
        assertThat(names(table(CHEAP).plan(request(BOTH), tried, Purpose.RETRY, NOW)))
                .containsExactly("cheap/sms");
    }

    @Test
    void aChannelThatTheNumberIsNotOnComesLast() {
        List<Tried> tried =
                List.of(new Tried(WHATSAPP.lane(), Result.WRONG_CHANNEL), new Tried(CHEAP.lane(), Result.SENT));
        Candidate other = candidate("wb", Channel.WHATSAPP);
        assertThat(names(table(other, WHATSAPP, CHEAP).plan(request(BOTH), tried, Purpose.RETRY, NOW)))
                .containsExactly("cheap/sms", "wb/whatsapp", "wa/whatsapp");
        assertThat(table(other, WHATSAPP, CHEAP)
                        .plan(request(BOTH), tried, Purpose.FALLBACK, NOW)
                        .isNowhere())
                .isTrue();
    }

    @Test
    void aFallbackTakesAnotherChannelFirst() {
        List<Tried> tried = List.of(new Tried(CHEAP.lane(), Result.SENT));
        assertThat(names(table(CHEAP, DEAR, WHATSAPP).plan(request(BOTH), tried, Purpose.FALLBACK, NOW)))
                .containsExactly("wa/whatsapp", "dear/sms");
    }

    @Test
    void aFallbackNeverUsesAChannelByWhichOneMayBeOnItsWay() {
        List<Tried> tried = List.of(new Tried(CHEAP.lane(), Result.UNKNOWN));
        Route route = table(CHEAP, DEAR).plan(request(BOTH), tried, Purpose.FALLBACK, NOW);
        assertThat(route.isNowhere()).isTrue();
        assertThat(route.reasons())
                .containsExactly(
                        "cheap/sms left out: tried before",
                        "dear/sms left out: may have been sent by this channel",
                        "no connection is left");
    }

    /** Whatever was tried: a route names nobody twice, keeps to the account's channels, and is the same each time. */
    @Property(tries = 500)
    void holdsForAnyTable(
            @ForAll("candidates") List<Candidate> candidates,
            @ForAll("tried") List<Tried> tried,
            @ForAll Purpose purpose,
            @ForAll boolean fallback) {
        RoutingTable table = new RoutingTable(candidates, Map.of(), Set.of());
        RouteRequest request = request(new Channels(BOTH.order(), fallback));
        Route route = table.plan(request, tried, purpose, NOW);
        assertThat(route).isEqualTo(table.plan(request, tried, purpose, NOW));
        assertThat(route.hops()).extracting(Hop::lane).doesNotHaveDuplicates();
        assertThat(route.hops()).extracting(Hop::channel).isSubsetOf(BOTH.order());
        assertThat(route.reasons()).hasSizeLessThanOrEqualTo(8);
        if (!fallback) {
            assertThat(route.hops().stream().map(Hop::channel).distinct()).hasSize(1);
        }
        if (!route.isNowhere()) {
            assertThat(candidates)
                    .extracting(Candidate::lane)
                    .containsAll(route.hops().stream().map(Hop::lane).toList());
        }
        if (purpose != Purpose.FALLBACK) {
            assertThat(route.isNowhere()).isEqualTo(candidates.stream().noneMatch(candidate -> BOTH.order()
                    .contains(candidate.lane().channel())));
        }
    }

    @Provide
    Arbitrary<List<Candidate>> candidates() {
        return lanes().map(lane -> new Candidate(lane, Countries.ALL, List.of(), Senders.ANY))
                .list()
                .uniqueElements()
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<Tried>> tried() {
        return Combinators.combine(lanes(), Arbitraries.of(Result.class))
                .as(Tried::new)
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<Lane> lanes() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.of(Channel.SMS, Channel.WHATSAPP, Channel.VIBER))
                .as(Lane::new);
    }

    private static String sender(Candidate candidate, String country) {
        RouteRequest request =
                new RouteRequest(country, Optional.empty(), LineType.MOBILE, BOTH, own -> own.orElse("Acme"));
        return plan(table(candidate), request).hops().getFirst().senderId();
    }

    private static Breaker faults(int count) {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 0; i < count; i++) {
            breaker = breaker.after(false, NOW);
        }
        return breaker;
    }

    private static RouteRequest request(Channels channels) {
        return new RouteRequest("FR", Optional.empty(), LineType.MOBILE, channels, own -> own.orElse("Acme"));
    }

    private static RoutingTable table(Candidate... candidates) {
        return new RoutingTable(List.of(candidates), Map.of(), Set.of());
    }

    private static Route plan(RoutingTable table, RouteRequest request) {
        return table.plan(request, List.of(), Purpose.FIRST, NOW);
    }

    private static List<String> names(Route route) {
        return route.hops().stream().map(hop -> hop.lane().toString()).toList();
    }

    private static Candidate candidate(String name, Channel channel) {
        return new Candidate(new Lane(name, channel), Countries.ALL, List.of(), Senders.ANY);
    }

    private static Candidate sms(String name) {
        return candidate(name, Channel.SMS);
    }

    private static Candidate sms(String name, String price) {
        String[] words = price.split(" ", 2);
        Money money = Money.of(words[0], words[1]);
        return new Candidate(
                new Lane(name, Channel.SMS),
                Countries.ALL,
                List.of(new Price(Optional.empty(), Optional.empty(), Optional.empty(), money)),
                Senders.ANY);
    }

    private static Price price(Optional<String> country, Optional<Network> network, String amount) {
        return new Price(Optional.empty(), country, network, Money.of(amount, "EUR"));
    }
}
