// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.cli.Administration.WebhookInfo;
import dev.carillon.server.config.Cidr;
import dev.carillon.server.webhook.AddressRules;
import dev.carillon.server.webhook.ReceiverUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webhook endpoint put|list|remove}. */
@Command(name = "endpoint", description = "Who is told of all verifications of an account, of checks and feedback too.")
final class EndpointCommands {
    private EndpointCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(new EndpointCommands(), new Put(context), new List_(context), new Remove(context));
    }

    /** The form alone: which networks and schemes are allowed is for the servers to say, whose settings may be others. */
    static String checked(String text) {
        ReceiverUrl form = new ReceiverUrl(new AddressRules(Cidr.parseList("0.0.0.0/0,::/0")), true);
        form.objection(text).ifPresent(objection -> {
            throw new IllegalArgumentException(objection);
        });
        return text;
    }

    private static void printEndpoints(SettingsCommand command, WebhookInfo info) {
        command.print(
                info.endpoints().entrySet().stream()
                        .map(endpoint -> Map.of("id", endpoint.getKey().toString(), "url", endpoint.getValue()))
                        .toList(),
                info.endpoints().isEmpty()
                        ? "No endpoints."
                        : info.endpoints().entrySet().stream()
                                .map(endpoint -> endpoint.getKey() + "  " + endpoint.getValue())
                                .collect(Collectors.joining("\n")));
    }

    @Command(
            name = "put",
            description = {
                "Add an endpoint, or change the address of one.",
                "A new one hears of verifications that are made from now on; a new address holds for open ones too."
            })
    private static final class Put extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "URL", description = "Such as https://example.com/hooks/carillon.")
        private String url;

        @Option(names = "--id", paramLabel = "UUID", description = "The endpoint whose address it is from now on.")
        private @Nullable String endpoint;

        Put(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            Optional<UUID> changed = Optional.ofNullable(endpoint).map(text -> readId("--id", text));
            String to = read("URL", url, EndpointCommands::checked);
            return administration -> printEndpoints(this, administration.putEndpoint(account, changed, to));
        }
    }

    @Command(name = "list", description = "The endpoints of an account.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> printEndpoints(this, administration.webhook(account));
        }
    }

    @Command(name = "remove", description = "Remove an endpoint; what it was not told yet is forgotten.")
    private static final class Remove extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "ENDPOINT", description = "The endpoint's id.")
        private String endpoint;

        Remove(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            UUID removed = readId("ENDPOINT", endpoint);
            return administration -> {
                if (!administration.removeEndpoint(account, removed)) {
                    throw new AdministrationException("the account " + account + " has no endpoint " + removed);
                }
                print(List.of(), "Removed.");
            };
        }
    }
}
