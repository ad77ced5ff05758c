// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Receipt.Subject;
import dev.carillon.server.delivery.Receipt.Subject.OurRef;
import dev.carillon.server.delivery.Receipt.Subject.ProviderId;
import dev.carillon.server.delivery.Webhook;
import java.util.Optional;

/** Which message a receipt is about. */
public final class Subjects {
    private Subjects() {}

    /**
     * The attempt whose own URL was called, else the one that the provider's reference field names, else the provider's id; empty when
     * there is none of these.
     */
    public static Optional<Subject> of(Webhook call, Optional<String> reference, Optional<String> providerId) {
        return call.ref()
                .or(() -> reference.flatMap(AttemptRef::parse))
                .<Subject>map(OurRef::new)
                .or(() -> providerId.map(ProviderId::new));
    }
}
