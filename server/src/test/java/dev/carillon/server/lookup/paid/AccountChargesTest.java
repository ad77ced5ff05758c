// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.PriceCsv;
import dev.carillon.core.balance.PriceList;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.ledger.Books;
import dev.carillon.server.verify.VerifyTestBench;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountChargesTest {
    private static final PhoneNumber NUMBER =
            NumberingPlan.parse("+33612345678").asOptional().orElseThrow();
    private static final Money PRICE = Money.of("0.01", "EUR");

    @TempDir
    Path folder;

    private VerifyTestBench bench;
    private UUID account;
    private Optional<PriceList> prices =
            Optional.of(PriceCsv.read("item,channel,country,network,price,charge\nverification,,,,0.009 EUR,\n"));
    private LookupCharges charges;

    @BeforeEach
    void open() {
        bench = new VerifyTestBench(folder);
        account = bench.view().account().id();
        charges = new AccountCharges(bench.ledger, _ -> Optional.of(bench.view().with(prices)));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anAccountPaysForWhatIsAskedForIt() {
        assertThat(charges.take(account, NUMBER, "one", PRICE)).isTrue();

        Books books = new Books(bench.store);
        assertThat(books.balance(account)).isEqualTo(Amounts.spending(0, 10_000));
        assertThat(books.entries(account, 10))
                .singleElement()
                .extracting(entry -> entry.posting().note())
                .isEqualTo(Optional.of("lookup one"));
    }

    @Test
    void whatWasNotAnsweredIsGivenBack() {
        assertThat(charges.take(account, NUMBER, "one", PRICE)).isTrue();
        charges.giveBack(account, NUMBER, "one", PRICE);

        assertThat(new Books(bench.store).balance(account)).isEqualTo(Amounts.ZERO);
    }

    @Test
    void withoutPricesOrInAnotherCurrencyNothingIsCounted() {
        assertThat(charges.take(account, NUMBER, "one", Money.of("0.01", "USD")))
                .isTrue();
        prices = Optional.empty();
        assertThat(charges.take(account, NUMBER, "one", PRICE)).isTrue();
        charges.giveBack(account, NUMBER, "one", PRICE);

        assertThat(new Books(bench.store).entries(account, 10)).isEmpty();
    }
}
