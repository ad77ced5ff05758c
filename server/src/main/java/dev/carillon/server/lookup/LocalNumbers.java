// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.Operator;
import dev.carillon.core.phone.PhoneNumber;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tables in memory tell of a number; some microseconds. Thread-safe.
 *
 * <p>A range names the operator that it was given to. Where numbers can be taken along to another operator, that one may serve it;
 * so a serving network that was heard of goes before the range's, and whether a number is ported is said only when both are known.
 */
final class LocalNumbers {
    /** Numbers on such sites go back to their operators and on to others: what is older says nothing of who has it now. */
    static final Period DISPOSABLE_FOR = Period.ofMonths(36);

    private record Name(String region, String carrier) {}

    private final NumberData data;
    /** Names are compared once; libphonenumber has some 1,500, which is what bounds it. */
    private final Map<Name, Optional<Operator>> operators = new ConcurrentHashMap<>();

    LocalNumbers(NumberData data) {
        this.data = data;
    }

    /**
     * What is known of a number.
     *
     * @param serving the network that it was found in, if it ever was
     * @param today for the age of what lists say
     */
    NumberFacts of(PhoneNumber number, Optional<Network> serving, LocalDate today) {
        Line line = line(number, serving);
        LocalDate oldest = today.minus(DISPOSABLE_FOR);
        return new NumberFacts(
                number,
                line.mcc,
                line.mnc,
                line.carrier,
                line.ported,
                data.lastDisposable(number).filter(oldest::isBefore).map(_ -> true));
    }

    /** The network that most likely serves a number. */
    Optional<Network> network(PhoneNumber number) {
        Line line = line(number, Optional.empty());
        return line.mcc.flatMap(mcc -> line.mnc.map(mnc -> new Network(mcc + mnc)));
    }

    /** A number's operator and network, as far as they are known. */
    private record Line(
            Optional<String> mcc, Optional<String> mnc, Optional<String> carrier, Optional<Boolean> ported) {}

    private Line line(PhoneNumber number, Optional<Network> serving) {
        Optional<String> carrier = NumberingPlan.carrier(number);
        String region = number.regionCode();
        if (number.lineType() != LineType.MOBILE || region == null) {
            return new Line(Optional.empty(), Optional.empty(), carrier, Optional.empty());
        }
        Optional<Operator> holder = carrier.flatMap(name -> operator(region, name));
        // A phone that travels is in a network abroad, which says nothing of where its number belongs.
        return serving.filter(network -> !data.operators().isForeign(region, network))
                .or(() -> data.portedTo(number))
                .map(network -> served(region, carrier, holder, network))
                .orElseGet(() -> {
                    Optional<Network> main = holder.flatMap(Operator::main);
                    return new Line(
                            main.map(Network::mcc).or(() -> data.operators().mcc(region)),
                            main.map(Network::mnc),
                            carrier,
                            Optional.empty());
                });
    }

    private Line served(String region, Optional<String> carrier, Optional<Operator> holder, Network network) {
        Optional<Boolean> ported = holder.flatMap(operator -> data.operators().owns(operator, network))
                .map(own -> !own);
        boolean byHolder = ported.filter(away -> !away).isPresent();
        return new Line(
                Optional.of(network.mcc()),
                Optional.of(network.mnc()),
                byHolder ? carrier : data.operators().of(region, network).map(Operator::name),
                ported);
    }

    private Optional<Operator> operator(String region, String carrier) {
        return operators.computeIfAbsent(
                new Name(region, carrier), name -> data.operators().named(name.region, name.carrier));
    }
}
