// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import dev.carillon.core.phone.Network;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/** Reads what receipts of several providers have in common. */
public final class ReceiptDetails {
    /** ISO 8601 with an offset, which some providers write without its colon. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private ReceiptDetails() {}

    /** A time with its offset from UTC; empty for anything else. */
    public static Optional<Instant> time(String text) {
        try {
            return Optional.of(TIME.parse(text, OffsetDateTime::from).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A network of which MCC and MNC are told apart from each other. */
    public static Optional<Network> network(Optional<String> mcc, Optional<String> mnc) {
        return mcc.filter(code -> code.length() == 3)
                .flatMap(country -> mnc.flatMap(code -> Network.parse(country + code)));
    }
}
