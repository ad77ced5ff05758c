// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.Signatures;
import java.util.Optional;

/** What a call that does not come to an attempt's own URL must bring; when nothing is set, no such call is genuine. */
record InfobipWebhookKey(Optional<Basic> basic, Optional<Secret> token) {

    /** Basic authentication (RFC 7617). */
    record Basic(String user, Secret password) {}

    boolean fits(Webhook call) {
        boolean byPassword = basic.filter(wanted -> call.header("authorization")
                        .filter(given -> Signatures.isSame(Signatures.basic(wanted.user, wanted.password), given))
                        .isPresent())
                .isPresent();
        boolean byToken = token.filter(wanted -> FormData.only(call.query(), "token")
                        .filter(given -> Signatures.isSame(wanted.value(), given))
                        .isPresent())
                .isPresent();
        return byPassword || byToken;
    }
}
