// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.NumberRules;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.Spending;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.message.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountSetTest extends CommandFixture {
    private Policy set(String... options) {
        UUID id = account().id();
        List<String> arguments = new ArrayList<>(List.of("account", "set", id.toString()));
        arguments.addAll(List.of(options));
        Result result = run(arguments.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return store.account(id).policy();
    }

    @Test
    void accountSetTakesEveryPart() {
        Policy policy = set(
                "--window",
                "5m",
                "--code-length",
                "8",
                "--max-checks",
                "3",
                "--retry-after",
                "10s,20s",
                "--accept-codes",
                "same",
                "--auto-retry",
                "false",
                "--show-codes",
                "true",
                "--brand",
                "Acme",
                "--default-locale",
                "pt-br",
                "--countries",
                "us,FR",
                "--senders",
                "A, B",
                "--origin-domain",
                "www.Example.com",
                "--channels",
                "whatsapp,sms",
                "--fallback",
                "false",
                "--lines",
                "mobile,satellite",
                "--temporary-numbers",
                "false",
                "--cnam",
                "true",
                "--limit",
                "number-hour=9/2h",
                "--limit",
                "ip=off");

        assertThat(policy.window()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.codeLength()).isEqualTo(8);
        assertThat(policy.maxChecks()).isEqualTo(3);
        assertThat(policy.retryAfter()).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(policy.acceptCodes()).isEqualTo(AcceptCodes.SAME);
        assertThat(policy.autoRetry()).isFalse();
        assertThat(policy.showCodes()).isTrue();
        assertThat(policy.brand()).contains("Acme");
        assertThat(policy.defaultLocale()).contains("pt-BR");
        assertThat(policy.countries()).isEqualTo(Countries.parse("FR,US"));
        assertThat(policy.senders()).containsExactlyInAnyOrder("A", "B");
        assertThat(policy.originDomain()).contains("www.example.com");
        assertThat(policy.channels()).isEqualTo(new Channels(List.of(Channel.WHATSAPP, Channel.SMS), false));
        assertThat(policy.numbers()).isEqualTo(new NumberRules(NumberRules.parse("mobile,satellite"), false, true));
        assertThat(policy.limits().get(LimitName.NUMBER_HOUR)).contains(Limit.parse("9/2h"));
        assertThat(policy.limits().get(LimitName.IP)).isEmpty();
    }

    @Test
    void accountSetClearsAndLeavesTheRest() {
        Account account = account();
        String id = account.id().toString();
        run("account", "set", id, "--brand", "Acme", "--limit", "ip=off", "--senders", "A", "--origin-domain", "a.b");
        run("account", "set", id, "--name", "New", "--countries", "FR");
        assertThat(store.account(account.id()).name()).isEqualTo("New");
        assertThat(store.account(account.id()).policy().brand()).contains("Acme");

        Result result = run(
                "account",
                "set",
                id,
                "--brand",
                "",
                "--default-locale=",
                "--senders",
                "",
                "--origin-domain",
                "",
                "--countries",
                "all",
                "--limit",
                "ip=default",
                "--retry-after",
                "none");
        assertThat(result.err()).isEmpty();
        Policy policy = store.account(account.id()).policy();
        assertThat(policy.retryAfter()).isEmpty();
        assertThat(policy.limits()).isEqualTo(Policy.STANDARD.limits());
        assertThat(policy)
                .isEqualTo(new Policy(
                        Policy.STANDARD.window(),
                        6,
                        5,
                        List.of(),
                        AcceptCodes.ANY,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Countries.ALL,
                        java.util.Set.of(),
                        Optional.empty(),
                        Policy.STANDARD.channels(),
                        Policy.STANDARD.limits(),
                        Policy.STANDARD.numbers(),
                        Spending.UNLIMITED));
    }

    @Test
    void whatAnAccountMaySpend() {
        Account account = account();
        String id = account.id().toString();
        assertThat(run(
                                "account",
                                "set",
                                id,
                                "--prepaid",
                                "true",
                                "--floor",
                                "-10",
                                "--daily-cap",
                                "100",
                                "--daily-cap",
                                "de=0.5")
                        .code())
                .isZero();
        assertThat(store.account(account.id()).policy().spending())
                .isEqualTo(new Spending(true, -10_000_000, Optional.of(100_000_000L), Map.of("DE", 500_000L), false));

        assertThat(run(
                                "account",
                                "set",
                                id,
                                "--daily-cap",
                                "off",
                                "--daily-cap",
                                "FR=1",
                                "--daily-cap",
                                "DE=off",
                                "--refund-undelivered",
                                "true")
                        .out())
                .contains("prepaid                true, floor -10\n")
                .contains("daily-cap              off\n")
                .contains("daily-cap FR           1\n");
        assertThat(store.account(account.id()).policy().spending())
                .isEqualTo(new Spending(true, -10_000_000, Optional.empty(), Map.of("FR", 1_000_000L), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --window 10          | --window: '10' is not a duration, such as 30s, 10m, 1h or 1d
                    --window 2h          | --window must be 1s to 60m
                    --code-length 3      | --code-length must be 4 to 8
                    --code-length six    | --code-length: 'six' is not a whole number
                    --max-checks 11      | --max-checks must be 1 to 10
                    --retry-after 2h     | --retry-after
                    --lines premium-rate | --lines: 'premium-rate' is not one of fixed-line,mobile,pager,satellite,voip
                    --cnam yes           | --cnam: 'yes' is not true or false
                    --accept-codes all   | --accept-codes: 'all' is not any, latest or same
                    --auto-retry yes     | --auto-retry: 'yes' is not true or false
                    --brand abcdefghijklmnopqrstuvwxyz | --brand must be 1 to 20 characters
                    --default-locale x_y | --default-locale: 'x_y' is not a BCP 47 language tag, such as pt-BR
                    --countries US,ZZ    | --countries: 'ZZ' is not an ISO 3166-1 alpha-2 country code
                    --senders A,,B       | --senders: 'A,,B' holds an empty sender id
                    --origin-domain a/b  | --origin-domain: 'a/b' is not a domain, such as www.example.com
                    --channels sms,fax   | --channels: 'fax' is not one of sms, rcs, whatsapp
                    --channels sms,sms   | --channels must be at least one, and none twice
                    --fallback maybe     | --fallback: 'maybe' is not true or false
                    --limit ip           | --limit: 'ip' is not NAME=COUNT/DURATION, such as number-hour=3/1h
                    --limit foo=1/1h     | --limit: 'foo' is not one of number-cooldown, number-hour
                    --prepaid maybe      | --prepaid: 'maybe' is not true or false
                    --floor much         | --floor: 'much' is not an amount, such as 12.50
                    --floor=-1 EUR       | --floor: '-1 EUR' is in the currency of the account's prices: leave it out
                    --daily-cap ZZ=1     | --daily-cap: 'ZZ' is not an ISO 3166-1 alpha-2 country code
                    --daily-cap all=1    | --daily-cap: 'all' is not one country
                    --daily-cap DE=      | --daily-cap: '' is not an amount, such as 12.50
                    --daily-cap=-1       | --daily-cap must be 0 or more
                    --limit ip=many      | --limit: 'many' is not COUNT/DURATION, such as 5/1h
                    """)
    void badPolicyIsAUsageErrorThatNamesTheOption(String option, String message) {
        String id = account().id().toString();
        List<String> words = new ArrayList<>(List.of("account", "set", id));
        words.addAll(option.contains("=-") ? List.of(option) : List.of(option.split(" ", 2)));
        Result result = run(words.toArray(String[]::new));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .satisfiesAnyOf(err -> assertThat(err).startsWith("carillon: " + message), err -> assertThat(err)
                        .startsWith("carillon: --each retry-after"));
        // Nothing was opened for it.
        assertThat(store.opened).isZero();
    }

    @Test
    void accountSetWithNothingToSetIsAUsageError() {
        Result result = run("account", "set", account().id().toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("nothing to change").contains("carillon account set --help");
    }
}
