// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.Operator;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sighting;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.KnownAnswer;
import java.time.Instant;
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
    /** Names are compared once; libphonenumber has some 1,500 and an import not many more, which is what bounds it. */
    private final Map<Name, Optional<Operator>> operators = new ConcurrentHashMap<>();

    LocalNumbers(NumberData data) {
        this.data = data;
    }

    /**
     * What is known of a number.
     *
     * @param serving what receipts told
     * @param paid what providers told, of topics that it may be told of
     * @param today for the age of what lists say
     */
    NumberFacts of(PhoneNumber number, Optional<Sighting> serving, KnownAnswer paid, LocalDate today) {
        Finding told = paid.finding();
        Line line = line(number, told.lineType().orElse(number.lineType()), served(number, serving, paid), told);
        return new NumberFacts(
                number,
                told.lineType().orElse(number.lineType()),
                line.mcc,
                line.mnc,
                line.carrier,
                line.ported,
                isTemporary(number, today) ? Optional.of(true) : Optional.empty(),
                told.callerName());
    }

    /** Whether a number was published as a throw-away number, not long ago. */
    boolean isTemporary(PhoneNumber number, LocalDate today) {
        LocalDate oldest = today.minus(DISPOSABLE_FOR);
        return data.lastDisposable(number).filter(oldest::isBefore).isPresent();
    }

    /**
     * The network that most likely serves a number.
     *
     * @param seen what receipts told
     */
    Optional<Network> network(PhoneNumber number, Optional<Network> seen) {
        Line line =
                line(number, number.lineType(), home(number, seen).or(() -> data.portedTo(number)), Finding.NOTHING);
        return line.mcc.flatMap(mcc -> line.mnc.map(mnc -> new Network(mcc + mnc)));
    }

    /** Whether receipts told a number's network that late that nobody needs to be paid for it. */
    boolean isSeenSince(PhoneNumber number, Optional<Sighting> serving, Instant since) {
        return serving.filter(seen -> seen.at().isAfter(since))
                .flatMap(seen -> home(number, Optional.of(seen.network())))
                .isPresent();
    }

    /** What is known of the network that serves a number: the later of what receipts and providers told, else what was imported. */
    private Optional<Network> served(PhoneNumber number, Optional<Sighting> serving, KnownAnswer paid) {
        Optional<Network> seen = home(number, serving.map(Sighting::network));
        Optional<Network> bought = home(number, paid.finding().network());
        boolean boughtLater = serving.isEmpty()
                || paid.networkAsked()
                        .filter(at -> at.isAfter(serving.get().at()))
                        .isPresent();
        return (boughtLater ? bought.or(() -> seen) : seen.or(() -> bought)).or(() -> data.portedTo(number));
    }

    /** A phone that travels is in a network abroad, which says nothing of where its number belongs. */
    private Optional<Network> home(PhoneNumber number, Optional<Network> network) {
        String region = number.regionCode();
        return network.filter(code -> region == null || !data.operators().isForeign(region, code));
    }

    /** A number's operator and network, as far as they are known. */
    private record Line(
            Optional<String> mcc, Optional<String> mnc, Optional<String> carrier, Optional<Boolean> ported) {}

    /** @param told what providers told besides the network */
    private Line line(PhoneNumber number, LineType type, Optional<Network> serving, Finding told) {
        String region = number.regionCode();
        Optional<String> holder = data.holder(number).or(() -> NumberingPlan.carrier(number));
        if (type != LineType.MOBILE || region == null) {
            return new Line(
                    serving.map(Network::mcc),
                    serving.map(Network::mnc),
                    told.carrier().or(() -> holder),
                    told.ported());
        }
        Optional<Operator> operator = holder.isPresent() ? operator(region, holder.get()) : Optional.empty();
        if (serving.isPresent()) {
            return served(region, holder, operator, serving.get(), told);
        }
        if (told.ported().orElse(false) || told.carrier().isPresent()) { // elsewhere
            return new Line(data.operators().mcc(region), Optional.empty(), told.carrier(), told.ported());
        }
        Optional<Network> main = operator.isPresent() ? operator.get().main() : Optional.empty();
        return main.isPresent()
                ? new Line(Optional.of(main.get().mcc()), Optional.of(main.get().mnc()), holder, told.ported())
                : new Line(data.operators().mcc(region), Optional.empty(), holder, told.ported());
    }

    private Line served(
            String region, Optional<String> holder, Optional<Operator> operator, Network network, Finding told) {
        Optional<Boolean> away =
                operator.flatMap(of -> data.operators().owns(of, network)).map(own -> !own);
        // Whose name a provider tells with another network than the one that counts is not known.
        boolean same = told.network().equals(Optional.of(network));
        Optional<String> byNetwork = away.equals(Optional.of(false))
                ? holder
                : data.operators().of(region, network).map(Operator::name);
        return new Line(
                Optional.of(network.mcc()),
                Optional.of(network.mnc()),
                told.carrier().filter(_ -> same).or(() -> byNetwork),
                told.ported().filter(_ -> same).or(() -> away));
    }

    private Optional<Operator> operator(String region, String carrier) {
        return operators.computeIfAbsent(
                new Name(region, carrier), name -> data.operators().named(name.region, name.carrier));
    }
}
