// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.PriceCsv;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.ReportSend;
import dev.carillon.core.verification.SendOutcome;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.directory.AccountWebhook;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that an account does on the hot path, with every signal that a limit counts, prices and somebody who listens: each kind of row and
 * each statement is met. Two accounts that live so differ in nothing but their ids.
 */
public final class AccountLife {
    private AccountLife() {}

    /** An account that pays and has a webhook. */
    public static AccountView account(VerifyTestBench bench, UUID id) {
        Account account = new Account(id, "Acme", false, Policy.STANDARD, bench.clock.instant());
        return new AccountView(account, List.of(), List.of())
                .with(new AccountWebhook(
                        Optional.of("https://hooks.example/"),
                        List.of(new AccountWebhook.Endpoint(new UUID(5, 5), "https://other.example/")),
                        1))
                .with(Optional.of(PriceCsv.read("item,country,price\nverification,,0.01 EUR\nmessage,,0.03 EUR\n")));
    }

    /** Lives. */
    public static void live(VerifyTestBench bench, AccountView account) {
        Verifications verifications = bench.verifications();
        PhoneNumber number = new PhoneNumber("+33612345678", "FR", LineType.MOBILE);
        CreateRequest request = new CreateRequest(
                number,
                new Signals(
                        Optional.of("192.0.2.7"),
                        Optional.of("device-1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://own.example/"),
                Optional.of("order 7"),
                Optional.empty(),
                Optional.of("idempotent"));
        CreateReply created = verifications.create(account, request);
        assertThat(created).isInstanceOf(CreateReply.Answered.class);
        assertThat(verifications.create(account, request)).isEqualTo(created);
        UUID id = ((CreateReply.Answered) created).verification();
        UUID attempt = bench.verification(id).attempts().getFirst().id();
        var _ = bench.ledger.execute(new ReportSend(
                id,
                1,
                attempt,
                SendOutcome.submitted(),
                Optional.of(bench.keyring.lookup(
                        "reference", account.account().id().toString().getBytes(UTF_8))),
                Optional.of(bench.clock.instant().plusSeconds(30))));
        bench.report(id, 1, DeliveryStatus.DELIVERED);
        var _ = verifications.retry(account, id);
        var _ = verifications.check(account, id, "000000");
        var _ = verifications.check(account, id, VerifyTestBench.CODE);
        var _ = verifications.feedback(account, number, true);
        assertThat(verifications.story(account, id)).isPresent();
    }
}
