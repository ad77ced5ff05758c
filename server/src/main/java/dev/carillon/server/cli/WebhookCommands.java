// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.cli.Administration.ToldEvent;
import dev.carillon.server.cli.Administration.WebhookInfo;
import dev.carillon.server.config.Secret;
import dev.carillon.server.webhook.Letter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** {@code webhook set|list|show|replay|endpoint|secret}. */
@Command(name = "webhook", description = "Where accounts are told of events, and what could not be told.")
final class WebhookCommands {
    private WebhookCommands() {}

    static CommandLine group(Context context) {
        CommandLine group = Commands.group(
                new WebhookCommands(), new SetUrl(context), new List_(context), new Show(context), new Replay(context));
        group.addSubcommand(EndpointCommands.group(context));
        group.addSubcommand(Commands.group(new SecretGroup(), new ShowSecrets(context), new Rotate(context)));
        return group;
    }

    @Command(
            name = "set",
            description = {
                "Set the callback_url of an account's creates that name none; '' clears.",
                "Holds for verifications that are made from now on; a change of an address that was set, for open ones too."
            })
    private static final class SetUrl extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "URL", description = "Such as https://example.com/hooks/carillon.")
        private String url;

        SetUrl(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            Optional<String> to =
                    url.isEmpty() ? Optional.empty() : Optional.of(read("URL", url, EndpointCommands::checked));
            return administration -> {
                WebhookInfo info = administration.setCallbackUrl(account, to);
                print(
                        info.callbackUrl()
                                .map(set -> Map.of("callback_url", set))
                                .orElse(Map.of()),
                        to.map(set -> "Events go to " + set).orElse("Events go nowhere by default."));
            };
        }
    }

    @Command(
            name = "list",
            description = "The verifications of an account whose events are not all told, the oldest first.")
    private static final class List_ extends OneAccountCommand {
        @Option(names = "--dead", description = "Only those that were given up after 14 days.")
        private boolean dead;

        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> {
                List<Letter> letters = administration.undelivered(account, dead);
                print(
                        letters.stream().map(List_::json).toList(),
                        letters.isEmpty()
                                ? "Everything is told."
                                : letters.stream().map(List_::text).collect(Collectors.joining("\n")));
            };
        }

        private static Map<String, Object> json(Letter letter) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("authentication_uuid", letter.verification().toString());
            view.put("audience", letter.audience());
            view.put("waiting", letter.upto() - letter.next());
            view.put("since", letter.since().toString());
            view.put("tries", letter.tries());
            letter.dueAt().map(Instant::toString).ifPresent(due -> view.put("due_at", due));
            letter.error().ifPresent(error -> view.put("error", error));
            return view;
        }

        private static String text(Letter letter) {
            return String.format(
                            Locale.ROOT,
                            "%s  %d waiting since %s, %s  %s",
                            letter.verification(),
                            letter.upto() - letter.next(),
                            letter.since(),
                            letter.dueAt().map(due -> "due " + due).orElse("given up"),
                            letter.error().orElse(""))
                    .stripTrailing();
        }
    }

    @Command(name = "show", description = "The events of a verification as they are told, and which are.")
    private static final class Show extends StoreCommand {
        @Parameters(paramLabel = "UUID", description = "The verification.")
        private String id;

        Show(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare() {
            UUID verification = readId("UUID", id);
            return administration -> {
                List<ToldEvent> events = administration.events(verification);
                print(
                        events.stream()
                                .map(event -> Map.of("to", event.to(), "told", event.told(), "body", event.body()))
                                .toList(),
                        events.isEmpty()
                                ? "There is nothing to tell of it."
                                : events.stream()
                                        .map(event -> (event.told() ? "told     " : "waiting  ") + event.to() + "  "
                                                + event.body())
                                        .collect(Collectors.joining("\n")));
            };
        }
    }

    @Command(
            name = "replay",
            description = {
                "Tell an account's events again that were given up; or all events of one verification, told or not.",
                "Receivers know by webhook-id what they have seen."
            })
    private static final class Replay extends OneAccountCommand {
        @Option(names = "--verification", paramLabel = "UUID", description = "One verification, from its beginning.")
        private @Nullable String verification;

        Replay(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            Optional<UUID> one = Optional.ofNullable(verification).map(text -> readId("--verification", text));
            return administration -> {
                int replayed = administration.replay(account, one);
                print(
                        Map.of("replayed", replayed),
                        replayed == 0 ? "There is nothing to tell again." : "To be told again: " + replayed);
            };
        }
    }

    @Command(name = "secret", description = "What an account's events are signed with.")
    private static final class SecretGroup {}

    private static void printSecrets(SettingsCommand command, WebhookInfo info) {
        command.print(
                Map.of("secrets", info.secrets().stream().map(Secret::value).toList()),
                info.secrets().stream().map(Secret::value).collect(Collectors.joining("\n")));
    }

    @Command(name = "show", description = "The secrets in use, the newest first.")
    private static final class ShowSecrets extends OneAccountCommand {
        ShowSecrets(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> printSecrets(this, administration.webhook(account));
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Make a new secret. Events are signed with it and the one before it; the one before that is worth nothing.",
                "Rotate twice when a secret is known to others."
            })
    private static final class Rotate extends OneAccountCommand {
        Rotate(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID account) {
            return administration -> printSecrets(this, administration.rotateWebhookSecret(account));
        }
    }
}
