// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.TestNumber;
import dev.carillon.core.account.TestNumber.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code test-number add|list|remove}. */
@Command(
        name = "test-number",
        description = "Numbers that get no message, cost nothing and accept one fixed code: for app reviews and tests.")
final class TestNumberCommands {
    private TestNumberCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(new TestNumberCommands(), new Add(context), new List_(context), new Remove(context));
    }

    private static Map<String, Object> json(TestNumber number) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("phone_number", number.e164());
        view.put("code", number.code());
        view.put("outcome", number.outcome().text());
        return view;
    }

    private static String text(TestNumber number) {
        return String.format(
                Locale.ROOT,
                "%-16s  %-8s  %s",
                number.e164(),
                number.code(),
                number.outcome().text());
    }

    @Command(name = "add", description = "Add a test number, or change it.")
    private static final class Add extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "+E164", description = "The number.")
        private String number;

        @Parameters(index = "2", paramLabel = "CODE", description = "The only code that is accepted: 4 to 8 digits.")
        private String code;

        @Option(
                names = "--outcome",
                paramLabel = "OUTCOME",
                defaultValue = "valid",
                description =
                        "What happens: valid (the code is accepted), rate_limited, spam, expired or invalid (no code is"
                                + " right). Default: valid.")
        private String outcome;

        Add(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            String e164 = readNumber("+E164", number);
            Outcome end = read("--outcome", outcome, Add::outcome);
            TestNumber added = read("CODE", code, digits -> new TestNumber(e164, digits, end));
            return administration -> {
                administration.addTestNumber(account, added);
                print(json(added), text(added));
            };
        }

        private static Outcome outcome(String text) {
            return Outcome.of(text)
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                            + Arrays.stream(Outcome.values()).map(Outcome::text).collect(Collectors.joining(", "))));
        }
    }

    @Command(name = "list", description = "The test numbers of an account.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> printAll(
                    administration.testNumbers(account),
                    TestNumberCommands::json,
                    TestNumberCommands::text,
                    "No test numbers.");
        }
    }

    @Command(name = "remove", description = "Make a test number an ordinary one.")
    private static final class Remove extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "+E164", description = "The number.")
        private String number;

        Remove(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            String e164 = readNumber("+E164", number);
            return administration -> {
                if (!administration.removeTestNumber(account, e164)) {
                    throw new AdministrationException(e164 + " is not a test number of the account " + account);
                }
                print(Map.of("removed", e164), e164 + " is removed.");
            };
        }
    }
}
