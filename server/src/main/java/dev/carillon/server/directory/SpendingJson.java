// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.account.Spending;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of {@link PolicyJson} on spending. Amounts are whole numbers of millionths. */
final class SpendingJson {
    static final String NAME = "spending";

    private static final String PREPAID = "prepaid";
    private static final String FLOOR = "floor";
    private static final String CAP = "daily-cap";
    private static final String COUNTRY_CAPS = "country-caps";
    private static final String REFUND = "refund-undelivered";

    private SpendingJson() {}

    /** Writes nothing for an account that may spend anything, as nearly all may. */
    static void write(Spending spending, ObjectNode policy) {
        if (spending.equals(Spending.UNLIMITED)) {
            return;
        }
        ObjectNode json = policy.putObject(NAME);
        json.put(PREPAID, spending.prepaid());
        json.put(FLOOR, spending.floor());
        spending.dailyCap().ifPresent(cap -> json.put(CAP, cap));
        if (!spending.countryCaps().isEmpty()) {
            ObjectNode caps = json.putObject(COUNTRY_CAPS);
            spending.countryCaps().forEach(caps::put);
        }
        json.put(REFUND, spending.refundUndelivered());
    }

    /** @throws IllegalArgumentException naming the field that is wrong */
    static Spending read(JsonNode json) {
        Map<String, Long> caps = new TreeMap<>();
        for (Map.Entry<String, JsonNode> cap : json.path(COUNTRY_CAPS).properties()) {
            caps.put(cap.getKey(), amount(cap.getValue(), COUNTRY_CAPS));
        }
        return new Spending(
                json.path(PREPAID).asBoolean(),
                json.has(FLOOR) ? amount(json.path(FLOOR), FLOOR) : 0,
                json.has(CAP) ? Optional.of(amount(json.path(CAP), CAP)) : Optional.empty(),
                caps,
                json.path(REFUND).asBoolean());
    }

    private static long amount(JsonNode node, String name) {
        if (!node.canConvertToLong() || !node.isIntegralNumber()) {
            throw new IllegalArgumentException(name + ": a whole number of millionths is needed");
        }
        return node.longValue();
    }
}
