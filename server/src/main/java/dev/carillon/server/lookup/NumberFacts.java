// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import java.util.Optional;

/**
 * What is known of a number, besides its region, which is the number's own. Whatever is absent is not known.
 *
 * @param lineType what a provider said of it, else what its plan tells
 * @param mcc the country code of its network (E.212), three digits
 * @param mnc the network's code, two or three digits; only with an mcc
 * @param carrier the operator: the serving one where it is known, otherwise the one that holds the range
 * @param ported whether another operator than the holder of the range serves it
 * @param temporary true when it was published as a throw-away number; no list can say that a number is none, so it is never false
 * @param callerName who the number is listed as; never without the account having asked for it
 */
public record NumberFacts(
        PhoneNumber number,
        LineType lineType,
        Optional<String> mcc,
        Optional<String> mnc,
        Optional<String> carrier,
        Optional<Boolean> ported,
        Optional<Boolean> temporary,
        Optional<String> callerName) {
    /** Without the name, which is a person's. */
    @Override
    public String toString() {
        return "NumberFacts[" + number + ", " + lineType + "]";
    }
}
