// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.NumberRules;
import dev.carillon.core.account.Policy;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.time.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code account set}: changes what is given and leaves the rest. */
@Command(
        name = "set",
        description = {
            "Change name and policy of an account: only what is given. Prints the result.",
            "A change holds for open windows too, except for their end."
        },
        footerHeading = "%nLimits:%n",
        footer = {
            "  number-cooldown  the least time between two messages to one number (1/30s)",
            "  number-hour      windows for one number in an hour",
            "  number-day       windows for one number in a day",
            "  ip, ip-hour      windows from one IP address (IPv6: one /64), short and long term",
            "  subnet           windows from one IPv4 /24",
            "  device           windows from one device id",
            "  account          messages of the whole account",
            "  block            distinct unverified numbers of one block of 1,000",
            "  feedback-block   users from one such block that feedback says were not real, and hardly any that were",
            "  feedback-ip      the same from one IP address",
            "  feedback-country the same from one country (off)"
        })
final class AccountSetCommand extends OneAccountCommand {
    @Option(names = "--name", paramLabel = "NAME", description = "For people; 1 to 100 characters.")
    private @Nullable String name;

    @Option(names = "--window", paramLabel = "10m", description = "How long a window stays open: 1s to 60m.")
    private @Nullable String window;

    @Option(names = "--code-length", paramLabel = "6", description = "Digits of a code: 4 to 8.")
    private @Nullable String codeLength;

    @Option(
            names = "--max-checks",
            paramLabel = "5",
            description = "Checks compared in one window, over all its codes: 1 to 10.")
    private @Nullable String maxChecks;

    @Option(
            names = "--retry-after",
            paramLabel = "30s,60s,120s",
            description = "When each retry is available after the attempt before it; none: no retries.")
    private @Nullable String retryAfter;

    @Option(
            names = "--accept-codes",
            paramLabel = "any|latest|same",
            description = "Any code sent in the window; only the last; or every attempt sends the same.")
    private @Nullable String acceptCodes;

    @Option(
            names = "--auto-retry",
            paramLabel = "true|false",
            description = "Whether a create inside an open window sends again.")
    private @Nullable String autoRetry;

    @Option(
            names = "--show-codes",
            paramLabel = "true|false",
            description = "Whether the status shows codes while the window is open.")
    private @Nullable String showCodes;

    @Option(
            names = "--brand",
            paramLabel = "NAME",
            description = "Who messages say they are from: at most 20 characters; '' clears.")
    private @Nullable String brand;

    @Option(
            names = "--default-locale",
            paramLabel = "TAG",
            description =
                    "Language of messages when the request names none, such as pt-BR; '' clears: by the number's country.")
    private @Nullable String defaultLocale;

    @Option(
            names = "--countries",
            paramLabel = "US,FR|all",
            description = "Where messages may be sent: ISO 3166 codes.")
    private @Nullable String countries;

    @Option(names = "--senders", paramLabel = "A,B", description = "Sender ids that a request may name; '' clears.")
    private @Nullable String senders;

    @Option(
            names = "--origin-domain",
            paramLabel = "D",
            description = "The web site whose browsers may fill the code in (@D #code); '' clears.")
    private @Nullable String originDomain;

    @Option(
            names = "--channels",
            paramLabel = "sms,whatsapp",
            description =
                    "The channels that messages may go by, the best first: sms, rcs, whatsapp, viber, zalo, telegram.")
    private @Nullable String channels;

    @Option(
            names = "--fallback",
            paramLabel = "true|false",
            description = "Whether another channel or connection is tried unasked when a message does not arrive.")
    private @Nullable String fallback;

    @Option(
            names = "--lines",
            paramLabel = "mobile,voip",
            description = "The lines that codes are sent to: fixed-line, mobile, pager, satellite, voip.")
    private @Nullable String lines;

    @Option(
            names = "--temporary-numbers",
            paramLabel = "true|false",
            description = "Whether codes are sent to numbers that web sites lend to everybody.")
    private @Nullable String temporaryNumbers;

    @Option(
            names = "--cnam",
            paramLabel = "true|false",
            description = "Whether lookups may ask a paid provider for caller names.")
    private @Nullable String cnam;

    @Option(
            names = "--limit",
            paramLabel = "NAME=COUNT/DURATION",
            description = "A limit, such as number-hour=3/1h; NAME=off; NAME=default. Repeatable; the names are below.")
    private @Nullable List<String> limits;

    @Mixin
    private final SpendingOptions spending = new SpendingOptions();

    AccountSetCommand(Context context) {
        super(context);
    }

    @Override
    Consumer<Administration> prepare(UUID account) {
        if (name == null && isPolicyUntouched() && spending.isUntouched()) {
            throw usage("nothing to change: give at least one option, such as --window 10m");
        }
        if (name != null && (name.isBlank() || name.length() > 100)) {
            throw usage("--name: must be 1 to 100 characters");
        }
        // Each bound concerns one part of the policy alone, so what the standard policy takes any policy takes.
        change(Policy.STANDARD);
        return administration -> {
            Account changed = administration.update(
                    account,
                    before -> new Account(
                            before.id(),
                            name == null ? before.name() : name,
                            before.suspended(),
                            change(before.policy()),
                            before.createdAt()));
            print(AccountView.json(changed), AccountView.text(changed));
        };
    }

    private boolean isPolicyUntouched() {
        return Arrays.asList(
                        window,
                        codeLength,
                        maxChecks,
                        retryAfter,
                        acceptCodes,
                        autoRetry,
                        showCodes,
                        brand,
                        defaultLocale,
                        countries,
                        senders,
                        originDomain,
                        channels,
                        fallback,
                        lines,
                        temporaryNumbers,
                        cnam,
                        limits)
                .stream()
                .allMatch(given -> given == null);
    }

    private Policy change(Policy before) {
        try {
            return new Policy(
                    given("--window", window, Durations::parse, before.window()),
                    given("--code-length", codeLength, AccountSetCommand::number, before.codeLength()),
                    given("--max-checks", maxChecks, AccountSetCommand::number, before.maxChecks()),
                    given("--retry-after", retryAfter, AccountSetCommand::delays, before.retryAfter()),
                    given("--accept-codes", acceptCodes, AccountSetCommand::acceptCodes, before.acceptCodes()),
                    given("--auto-retry", autoRetry, AccountSetCommand::flag, before.autoRetry()),
                    given("--show-codes", showCodes, AccountSetCommand::flag, before.showCodes()),
                    given("--brand", brand, AccountSetCommand::clearable, before.brand()),
                    given("--default-locale", defaultLocale, AccountSetCommand::locale, before.defaultLocale()),
                    given("--countries", countries, Countries::parse, before.countries()),
                    given("--senders", senders, AccountSetCommand::senders, before.senders()),
                    given("--origin-domain", originDomain, AccountSetCommand::domain, before.originDomain()),
                    new Channels(
                            given(
                                    "--channels",
                                    channels,
                                    Channels::parse,
                                    before.channels().order()),
                            given(
                                    "--fallback",
                                    fallback,
                                    AccountSetCommand::flag,
                                    before.channels().fallback())),
                    limits(before),
                    numbers(before.numbers()),
                    spending.change(before.spending(), this));
        } catch (IllegalArgumentException e) {
            // The policy names its parts as the options do.
            throw usage("--" + e.getMessage());
        }
    }

    private <T> T given(String option, @Nullable String text, Function<String, T> parser, T before) {
        return text == null ? before : read(option, text, parser);
    }

    private NumberRules numbers(NumberRules before) {
        return new NumberRules(
                given("--lines", lines, NumberRules::parse, before.lines()),
                given("--temporary-numbers", temporaryNumbers, AccountSetCommand::flag, before.temporary()),
                given("--cnam", cnam, AccountSetCommand::flag, before.callerNames()));
    }

    private Limits limits(Policy before) {
        Limits result = before.limits();
        for (String text : limits == null ? List.<String>of() : limits) {
            Limits soFar = result;
            result = read("--limit", text, given -> limit(soFar, given));
        }
        return result;
    }

    private static Limits limit(Limits before, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("'" + text + "' is not NAME=COUNT/DURATION, such as number-hour=3/1h");
        }
        LimitName name = LimitName.of(text.substring(0, equals))
                .orElseThrow(() -> new IllegalArgumentException("'" + text.substring(0, equals) + "' is not one of "
                        + Arrays.stream(LimitName.values()).map(LimitName::text).collect(Collectors.joining(", "))));
        String value = text.substring(equals + 1);
        return switch (value) {
            case "off" -> before.with(name, Optional.empty());
            case "default" ->
                new Limits(before.overrides().entrySet().stream()
                        .filter(entry -> entry.getKey() != name)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            default -> before.with(name, Optional.of(Limit.parse(value)));
        };
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number");
        }
        return Integer.parseInt(text);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not true or false");
        };
    }

    private static List<Duration> delays(String text) {
        return text.isEmpty() || text.equals("none") ? List.of() : Durations.parseList(text);
    }

    private static AcceptCodes acceptCodes(String text) {
        return Arrays.stream(AcceptCodes.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not any, latest or same"));
    }

    private static Optional<String> clearable(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<String> locale(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Locale.Builder().setLanguageTag(text).build().toLanguageTag());
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("'" + text + "' is not a BCP 47 language tag, such as pt-BR", e);
        }
    }

    private static Set<String> senders(String text) {
        if (text.isEmpty()) {
            return Set.of();
        }
        Set<String> ids = Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        if (ids.contains("")) {
            throw new IllegalArgumentException("'" + text + "' holds an empty sender id");
        }
        return ids;
    }

    private static Optional<String> domain(String text) {
        if (!text.isEmpty() && !text.matches("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")) {
            throw new IllegalArgumentException("'" + text + "' is not a domain, such as www.example.com");
        }
        return clearable(text.toLowerCase(Locale.ROOT));
    }
}
