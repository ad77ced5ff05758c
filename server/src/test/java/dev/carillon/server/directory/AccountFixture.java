// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import java.time.Instant;
import java.util.UUID;

/** Any account. */
final class AccountFixture {
    static final Account ACCOUNT = new Account(new UUID(1, 2), "Acme", false, Policy.STANDARD, Instant.EPOCH);

    private AccountFixture() {}
}
