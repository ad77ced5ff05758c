// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Policy;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import dev.carillon.server.secret.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;

/** One node on a store, with its clock. */
record DirectoryFixture(TestDatabase database, Keyring keyring, TestClock clock, DirectoryAdmin admin) {
    static DirectoryFixture on(TestDatabase database, Path folder) {
        TestClock clock = new TestClock();
        Keyring keyring = Keyring.load(database, new MasterSecretSource(Optional.empty(), folder), clock);
        return new DirectoryFixture(database, keyring, clock, new DirectoryAdmin(database, keyring, clock));
    }

    Directory directory() {
        return new Directory(database, keyring, clock);
    }

    static Policy withChecks(Policy policy, int maxChecks) {
        return with(policy, policy.codeLength(), maxChecks);
    }

    static Policy with(Policy policy, int codeLength, int maxChecks) {
        return new Policy(
                policy.window(),
                codeLength,
                maxChecks,
                policy.retryAfter(),
                policy.acceptCodes(),
                policy.autoRetry(),
                policy.showCodes(),
                policy.brand(),
                policy.defaultLocale(),
                policy.countries(),
                policy.senders(),
                policy.originDomain(),
                policy.channels(),
                policy.limits(),
                policy.numbers(),
                policy.spending());
    }
}
