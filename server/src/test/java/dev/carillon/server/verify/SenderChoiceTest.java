// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Policy;
import dev.carillon.server.directory.AccountView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SenderChoiceTest {
    private static final Optional<String> NONE = Optional.empty();

    private static AccountView account(AccountSender... senders) {
        Account account = new Account(new UUID(1, 2), "Acme", false, Policy.STANDARD, Instant.EPOCH);
        return new AccountView(account, List.of(), List.of(), List.of(senders), List.of());
    }

    @Test
    void itIsTheOneThatWasAskedForUnlessTheCountrySaysOtherwise() {
        AccountView account = account(new AccountSender("Acme", Countries.ALL));
        assertThat(SenderChoice.of(account, "FR", Optional.of("Acme"), Optional.of("33100")))
                .isEqualTo("Acme");
        assertThat(SenderChoice.of(account, "US", Optional.of("Acme"), Optional.of("12025550100")))
                .isEqualTo("12025550100");
        assertThat(SenderChoice.of(account, "FR", NONE, Optional.of("33100"))).isEqualTo("33100");
    }

    @Test
    void anAccountsSenderCountsInItsCountriesOnly() {
        AccountView account = account(new AccountSender("72000", Countries.parse("US")));
        assertThat(SenderChoice.of(account, "US", NONE, NONE)).isEqualTo("72000");
        assertThat(SenderChoice.of(account, "CA", NONE, NONE)).isEqualTo("Carillon");
        assertThat(SenderChoice.of(account, "", NONE, NONE)).isEqualTo("Carillon");
    }
}
