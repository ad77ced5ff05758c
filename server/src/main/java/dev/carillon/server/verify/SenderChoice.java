// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.message.SenderRules;
import dev.carillon.core.message.SenderRules.Candidates;
import dev.carillon.server.directory.AccountView;
import java.util.Optional;

/** Who a message is from. */
public final class SenderChoice {
    /** When neither the request, the connection nor the account says. */
    public static final String DEFAULT_SENDER = "Carillon";

    private SenderChoice() {}

    /**
     * The sender that goes out, which is the one to be told of as well.
     *
     * @param region ISO 3166-1 alpha-2 of the number's country; empty for numbers of no country
     * @param requested what the create named
     * @param connection the sender of the connection that it goes by, in that country
     */
    static String of(AccountView account, String region, Optional<String> requested, Optional<String> connection) {
        Candidates candidates =
                new Candidates(requested, account.account().policy().brand(), account.senders(region), connection);
        return SenderRules.standard().choose(region, candidates).sender().orElse(DEFAULT_SENDER);
    }
}
