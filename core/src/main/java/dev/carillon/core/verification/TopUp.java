// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Posting;
import dev.carillon.core.balance.Stripe;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Credits an amount to an account, or takes it back.
 *
 * @param micros in millionths of the currency of the account's prices; negative to take back
 * @param note the operator's, such as the number of an invoice
 */
public record TopUp(UUID account, long micros, Optional<String> note) implements Command<TopUp.Reply> {

    /** What became of it. */
    public enum Reply {
        DONE,
        /** The sum would be too large to be counted; nothing was done. */
        TOO_LARGE
    }

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.empty();
    }

    @Override
    public Optional<UUID> purse(Optional<Verification> verification) {
        return Optional.of(account);
    }

    @Override
    public Decision<Reply> decide(View view, Instant now) {
        Amounts change = Amounts.funding(micros);
        try {
            Amounts _ =
                    view.stripes().all().values().stream().map(Stripe::amounts).reduce(change, Amounts::plus);
            Stripe after = view.stripes().get().funded(change);
            Posting posting = new Posting(account, now, Optional.empty(), change, Optional.empty(), note);
            return Decision.of(
                    Reply.DONE, new Effect.SaveStripe(account, view.stripes().own(), after), new Effect.Post(posting));
        } catch (ArithmeticException e) {
            return Decision.of(Reply.TOO_LARGE);
        }
    }
}
