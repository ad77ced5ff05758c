// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import java.util.Optional;

/**
 * What a provider knows of a number. What it did not say, or said in a way that is not understood, is absent.
 *
 * @param network the serving network
 * @param carrier the serving operator's name; at most {@link #MAX_NAME} characters
 * @param ported whether another operator than the holder of the range serves it
 * @param callerName at most {@link #MAX_NAME} characters
 */
public record Finding(
        Optional<LineType> lineType,
        Optional<Network> network,
        Optional<String> carrier,
        Optional<Boolean> ported,
        Optional<String> callerName) {
    /** Longer ones are no names. */
    public static final int MAX_NAME = 100;

    public static final Finding NOTHING =
            new Finding(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Finding {
        carrier = carrier.flatMap(Finding::name);
        callerName = callerName.flatMap(Finding::name);
    }

    /** Whether it has an answer on a topic. */
    public boolean has(Topic topic) {
        return switch (topic) {
            case NETWORK -> lineType.isPresent() || network.isPresent() || carrier.isPresent() || ported.isPresent();
            case CALLER_NAME -> callerName.isPresent();
        };
    }

    /** Only what is on a topic. */
    public Finding on(Topic topic) {
        return switch (topic) {
            case NETWORK -> new Finding(lineType, network, carrier, ported, Optional.empty());
            case CALLER_NAME ->
                new Finding(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), callerName);
        };
    }

    /** With another's answer on a topic in place of its own. */
    public Finding with(Topic topic, Finding other) {
        return switch (topic) {
            case NETWORK -> new Finding(other.lineType, other.network, other.carrier, other.ported, callerName);
            case CALLER_NAME -> new Finding(lineType, network, carrier, ported, other.callerName);
        };
    }

    private static Optional<String> name(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.isEmpty() || clean.length() > MAX_NAME ? Optional.empty() : Optional.of(clean);
    }

    /** Without the name, which is a person's. */
    @Override
    public String toString() {
        return "Finding[" + lineType + ", " + network + ", " + ported + "]";
    }
}
