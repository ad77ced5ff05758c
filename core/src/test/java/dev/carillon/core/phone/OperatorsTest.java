// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperatorsTest {

    private static final Operators OPERATORS = new Operators(
            List.of(
                    operator("FR", "20801 20802", "Orange France", "Orange"),
                    operator("FR", "20810", "SFR"),
                    new Operator(
                            "IN",
                            Optional.empty(),
                            List.of(new Network("40402"), new Network("40510")),
                            List.of("Airtel"))),
            List.of(
                    operator("FR", "20800", "Orange"),
                    operator("FR", "20815", "Free Mobile"),
                    operator("FR", "20820", "Bouygues Télécom"),
                    operator("FR", "20821", "Bouygues Télécom"),
                    operator("SI", "29341", "Telekom Slovenije"),
                    operator("SI", "29364", "T-2"),
                    operator("SI", "29340", "T-Mobile"),
                    operator("HK", "45412", "China Mobile"),
                    operator("UG", "64110", "MTN"),
                    operator("UG", "25001", "stray")));

    private static Operator operator(String region, String codes, String... names) {
        List<Network> networks = Stream.of(codes.split(" ")).map(Network::new).toList();
        return new Operator(region, Optional.of(networks.getFirst()), networks, List.of(names));
    }

    @ParameterizedTest
    @CsvSource({
        "FR, Orange, 20801", // the table made by hand goes first
        "FR, ORANGE FRANCE SA, 20801",
        "FR, free mobile, 20815",
        "FR, Free Mobile SAS, 20815",
        "FR, Bouygues Telecom, 20820", // accents do not count, and the first of several leads
        "FR, Orange Caraïbe, 20801", // further words do not either, when the others tell
        "SI, T-2, 29364",
        "SI, T 2, 29364",
        "UG, MTN Uganda, 64110"
    })
    void findsAnOperatorByItsName(String region, String name, String network) {
        assertThat(OPERATORS.named(region, name).flatMap(Operator::main)).contains(new Network(network));
    }

    @ParameterizedTest
    @CsvSource({
        "FR, Lycamobile",
        "FR, Mobile",
        "FR, Telecom",
        "FR, ''",
        "FR, SA",
        "DE, Orange",
        "SI, T",
        "SI, Telekom",
        "HK, China Unicom",
        "HK, China Telecom"
    })
    void doesNotGuess(String region, String name) {
        assertThat(OPERATORS.named(region, name)).isEmpty();
    }

    @Test
    void severalEntriesOfOneNameAreOneOperator() {
        assertThat(OPERATORS.named("FR", "Bouygues Telecom").orElseThrow().networks())
                .containsExactly(new Network("20820"), new Network("20821"));
    }

    @Test
    void anOperatorNeedsNoMainNetwork() {
        assertThat(OPERATORS.named("IN", "Airtel").orElseThrow().main()).isEmpty();
    }

    @Test
    void knowsTheCountryCodeWhereThereIsOne() {
        assertThat(OPERATORS.mcc("FR")).contains("208");
        assertThat(OPERATORS.mcc("IN")).isEmpty();
        assertThat(OPERATORS.mcc("XX")).isEmpty();
    }

    @Test
    void tellsHomeFromAbroadWhereItKnowsTheRegion() {
        assertThat(OPERATORS.isForeign("FR", new Network("26201"))).isTrue();
        assertThat(OPERATORS.isForeign("FR", new Network("20899"))).isFalse();
        assertThat(OPERATORS.isForeign("XX", new Network("26201"))).isFalse();
    }

    @Test
    void knowsWhoseANetworkIs() {
        assertThat(OPERATORS.of("FR", new Network("20802")).map(Operator::name)).contains("Orange France");
        assertThat(OPERATORS.of("FR", new Network("20899"))).isEmpty();
        assertThat(OPERATORS.of("DE", new Network("20802"))).isEmpty();
    }

    @Test
    void saysWhetherANetworkIsAnOperatorsOnlyWhenItKnows() {
        Operator orange = OPERATORS.named("FR", "Orange").orElseThrow();
        assertThat(OPERATORS.owns(orange, new Network("20802"))).contains(true);
        assertThat(OPERATORS.owns(orange, new Network("20800"))).contains(true); // another entry of the same name
        assertThat(OPERATORS.owns(orange, new Network("20810"))).contains(false);
        assertThat(OPERATORS.owns(orange, new Network("20899"))).isEmpty();
    }

    @Test
    void anOperatorHasNetworksAndAName() {
        assertThatThrownBy(() -> new Operator("FR", Optional.empty(), List.of(), List.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Operator(
                        "FR", Optional.of(new Network("20801")), List.of(new Network("20802")), List.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNetworksCodeHasTwoParts() {
        assertThat(new Network("310410").mcc()).isEqualTo("310");
        assertThat(new Network("310410").mnc()).isEqualTo("410");
        assertThat(new Network("20801").mnc()).isEqualTo("01");
    }
}
