// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A provider's receipt that names the message by our own reference. One that says nothing new changes nothing, nor does one of a
 * connection that the message did not go by: it was given the reference for another message of the window, or made it up.
 *
 * @param id the verification
 * @param attempt the attempt's number
 * @param connection the name of the connection that the receipt came by
 */
public record ReportDelivery(UUID id, int attempt, String connection, News news) implements Command<Reported> {

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.of(id);
    }

    @Override
    public Decision<Reported> decide(View view, Instant now) {
        return view.verification()
                .filter(found -> found.mayBeReportedBy(connection, attempt))
                .map(found -> Receipts.take(found, attempt, news, now))
                .orElseGet(() -> Decision.of(Reported.NOTHING));
    }
}
