// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.server.cli.Connections.ConnectionInfo;
import dev.carillon.server.cli.Connections.Sent;
import dev.carillon.server.cli.Connections.TestMessage;
import dev.carillon.server.config.log.Logging;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code connection list|test}. */
@Command(
        name = "connection",
        description = "The ways to providers that the settings file has: see that they are up, send a test message.")
final class ConnectionCommands {
    /** Long enough for a bind over TLS to another continent. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ConnectionCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(new ConnectionCommands(), new List_(context), new Test(context));
    }

    @Command(
            name = "list",
            description = {
                "All connections. Opens them itself, beside any server that runs, and waits up to five seconds for them to come up.",
                "Of a provider that is called only to send, up means that nothing is known against it."
            })
    private static final class List_ extends SettingsCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        public Integer call() {
            Logging.quiet();
            try (Connections connections = context().wiring().connections(config())) {
                List<ConnectionInfo> all = connections.list(PATIENCE);
                print(
                        all.stream().map(List_::json).toList(),
                        all.isEmpty()
                                ? "No connections: messages go to the simulator. See docs/connections.md"
                                : all.stream().map(List_::text).collect(Collectors.joining("\n")));
            }
            return 0;
        }

        private static Map<String, Object> json(ConnectionInfo info) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("name", info.name());
            view.put("kind", info.kind());
            view.put("channels", info.channels());
            view.put(
                    "countries",
                    info.countries().equals(Countries.ALL)
                            ? "all"
                            : info.countries().codes());
            view.put("state", state(info));
            view.put("detail", info.detail());
            return view;
        }

        private static String text(ConnectionInfo info) {
            return String.format(
                            Locale.ROOT,
                            "%-16s  %-12s  %-4s  %-20s  %s  %s",
                            info.name(),
                            info.kind(),
                            state(info),
                            String.join(",", info.channels()),
                            info.countries(),
                            info.detail())
                    .stripTrailing();
        }

        private static String state(ConnectionInfo info) {
            return info.isUp() ? "up" : "down";
        }
    }

    @Command(
            name = "test",
            description = {
                "Send a real message with a random code, which may cost money. Waits for no receipt.",
                "The code is shown so that it can be compared with what arrives; it opens nothing.",
                "Exit code 0 only if the provider took the message."
            })
    private static final class Test extends SettingsCommand {
        @Parameters(paramLabel = "NAME", description = "The connection.")
        private String name;

        @Option(names = "--to", required = true, paramLabel = "+E164", description = "The number.")
        private String to;

        @Option(
                names = "--channel",
                paramLabel = "CHANNEL",
                description = "One of the connection's. Default: sms if it has that, else its first.")
        private @Nullable String channel;

        @Option(
                names = "--text",
                paramLabel = "TEXT",
                description = "What to say, with {{code}} for the code. Default: as users get it.")
        private @Nullable String text;

        @Option(names = "--sender", paramLabel = "SENDER", description = "Who it is from. Default: the connection's.")
        private @Nullable String sender;

        @Option(
                names = "--id",
                paramLabel = "NAME=VALUE",
                description = "An id under which the text is known, such as dlt_template_id=1107…. Repeatable.")
        private List<String> ids = new ArrayList<>();

        Test(Context context) {
            super(context);
        }

        @Override
        public Integer call() {
            TestMessage message = new TestMessage(
                    name,
                    readNumber("--to", to),
                    Optional.ofNullable(channel),
                    Optional.ofNullable(text),
                    Optional.ofNullable(sender),
                    readPairs("--id", ids));
            Logging.quiet();
            try (Connections connections = context().wiring().connections(config())) {
                Sent sent = connections.send(message, PATIENCE);
                print(json(sent), text(sent));
                return sent.result().equals(Connections.ACCEPTED) ? 0 : Program.FAILED;
            }
        }

        private static Map<String, Object> json(Sent sent) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("result", sent.result());
            view.put("provider_id", sent.providerId());
            view.put("price", sent.price().map(Test::amount));
            view.put("detail", sent.detail());
            view.put("channel", sent.channel());
            view.put("sender_id", sent.sender());
            view.put("code", sent.code());
            return view;
        }

        private static String text(Sent sent) {
            StringBuilder lines = new StringBuilder(sent.result()).append('\n');
            sent.providerId().ifPresent(id -> line(lines, "provider id", id));
            sent.price().ifPresent(price -> line(lines, "price", amount(price)));
            if (!sent.detail().isEmpty()) {
                line(lines, "detail", sent.detail());
            }
            line(lines, "channel", sent.channel());
            line(lines, "sender", sent.sender());
            line(lines, "code", sent.code());
            return lines.toString();
        }

        private static void line(StringBuilder lines, String name, String value) {
            lines.append(String.format(Locale.ROOT, "  %-12s %s%n", name, value));
        }

        private static String amount(Money money) {
            BigDecimal amount = BigDecimal.valueOf(money.micros(), 6).stripTrailingZeros();
            return amount.toPlainString() + " " + money.currency();
        }
    }
}
