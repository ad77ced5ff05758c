// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Autofill;
import dev.carillon.core.message.Channel;
import dev.carillon.core.message.MessageComposer;
import dev.carillon.core.message.MessageTemplates;
import dev.carillon.core.message.SenderRules;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Code;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.cli.Connections;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.token.StoredTokens;
import dev.carillon.server.verify.CodeSource;
import dev.carillon.server.verify.Ids;
import dev.carillon.server.verify.SenderChoice;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connections of a configuration, for one command: nothing listens for receipts. */
final class LiveConnections implements Connections {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int CODE_LENGTH = 6;

    private final OpenConnections connections;
    private final InstantSource clock;
    private final Ids ids;

    private final CommandContext context;

    private LiveConnections(OpenConnections connections, CommandContext context) {
        this.connections = connections;
        this.context = context;
        this.clock = context.clock();
        this.ids = new Ids(clock);
    }

    static LiveConnections open(ServerConfig config, Collection<ConnectionKind> kinds) {
        CommandContext context = new CommandContext(config);
        try {
            return new LiveConnections(OpenConnections.open(config.connections(), kinds, context), context);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** Hears no receipts: there is no server to take them. The store is opened only for who keeps credentials in it. */
    private static final class CommandContext implements ConnectionContext, AutoCloseable {
        private final ServerConfig config;
        private final Clock clock = Clock.systemUTC();
        private @Nullable OpenStore store;

        CommandContext(ServerConfig config) {
            this.config = config;
        }

        @Override
        public ReceiptListener receipts() {
            return (_, _) -> {};
        }

        @Override
        public Optional<URI> callback(String connection, AttemptRef ref) {
            return Optional.empty();
        }

        @Override
        public TokenStore tokens() {
            OpenStore open = store == null ? OpenStore.open(config, clock) : store;
            store = open;
            return new StoredTokens(open.database(), open.keyring(), clock);
        }

        @Override
        public InstantSource clock() {
            return clock;
        }

        @Override
        public void close() {
            if (store != null) {
                store.close();
            }
        }
    }

    @Override
    public List<ConnectionInfo> list(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return connections.all().stream()
                .map(named -> {
                    Connection.State state = settled(named.connection(), deadline);
                    ConnectionSettings settings = named.settings();
                    return new ConnectionInfo(
                            settings.name(),
                            settings.kind(),
                            words(settings.channels()),
                            settings.countries(),
                            state.isUp(),
                            state.detail());
                })
                .toList();
    }

    @Override
    public Sent send(TestMessage test, Duration patience) {
        dev.carillon.server.delivery.Connections.Entry named = connections.all().stream()
                .filter(candidate -> candidate.settings().name().equals(test.connection()))
                .findFirst()
                .orElseThrow(() -> new AdministrationException("there is no connection " + test.connection()));
        Message message = message(test, named.settings());
        Connection.State state = settled(named.connection(), System.nanoTime() + patience.toNanos());
        if (!state.isUp()) {
            return sent(
                    message, "fault", Optional.empty(), Optional.empty(), "the connection is down: " + state.detail());
        }
        try {
            return switch (named.connection().send(message)) {
                case SendResult.Accepted accepted ->
                    sent(message, ACCEPTED, accepted.providerId(), accepted.price(), "");
                case SendResult.Rejected rejected ->
                    sent(
                            message,
                            "rejected",
                            Optional.empty(),
                            Optional.empty(),
                            rejected.reason().name().toLowerCase(Locale.ROOT) + ": " + rejected.detail());
                case SendResult.Fault fault ->
                    sent(message, "fault", Optional.empty(), Optional.empty(), fault.detail());
                case SendResult.Unknown unknown ->
                    sent(message, "unknown", Optional.empty(), Optional.empty(), unknown.detail());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdministrationException("interrupted; the message may have been sent", e);
        } catch (RuntimeException e) {
            // A mistake of ours, as in Failover. Its words may quote the message.
            return sent(
                    message,
                    "unknown",
                    Optional.empty(),
                    Optional.empty(),
                    e.getClass().getName());
        }
    }

    private static Sent sent(
            Message message, String result, Optional<String> providerId, Optional<Money> price, String detail) {
        return new Sent(
                result,
                providerId,
                price,
                detail,
                message.senderId(),
                word(message.channel()),
                message.code().digits());
    }

    private Message message(TestMessage test, ConnectionSettings settings) {
        Channel channel = channel(test, settings);
        Optional<PhoneNumber> number = NumberingPlan.parse(test.to()) instanceof ParseResult.Valid(var valid)
                ? Optional.of(valid)
                : Optional.empty();
        String region = number.map(PhoneNumber::regionCode).orElse("");
        Code code = CodeSource.random(ids).next(CODE_LENGTH);
        String locale = MessageTemplates.bundled().match(null, region.isEmpty() ? null : region);
        String text = test.text()
                .map(given -> given.replace("{{code}}", code.digits()))
                .orElseGet(() -> MessageComposer.compose(
                        MessageTemplates.bundled().get(locale), null, code.digits(), Autofill.NONE));
        return new Message(
                new AttemptRef(ids.next(), 1),
                ids.next(),
                test.to(),
                region,
                channel,
                sender(test, settings, region),
                text,
                code,
                locale,
                test.templateIds(),
                clock.instant().plus(LIFE));
    }

    private static String sender(TestMessage test, ConnectionSettings settings, String region) {
        Optional<String> connection =
                Optional.ofNullable(settings.senders().get(region)).or(settings::sender);
        // The operator's word: tried as it is, whatever the country's rule.
        return test.sender()
                .or(() -> SenderRules.standard()
                        .choose(
                                region,
                                new SenderRules.Candidates(Optional.empty(), Optional.empty(), Set.of(), connection))
                        .sender())
                .orElse(SenderChoice.DEFAULT_SENDER);
    }

    private static Channel channel(TestMessage test, ConnectionSettings settings) {
        if (test.channel().isEmpty()) {
            return settings.channels().contains(Channel.SMS)
                    ? Channel.SMS
                    : settings.channels().stream().sorted().findFirst().orElseThrow();
        }
        return settings.channels().stream()
                .filter(channel -> word(channel).equals(test.channel().get()))
                .findFirst()
                .orElseThrow(() -> new AdministrationException("the connection " + settings.name()
                        + " has no channel " + test.channel().get() + "; it has "
                        + String.join(", ", words(settings.channels()))));
    }

    private static String word(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    private static Set<String> words(Set<Channel> channels) {
        return channels.stream().map(LiveConnections::word).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The state once it is up, or as it is when the time is over. */
    private static Connection.State settled(Connection connection, long deadline) {
        while (true) {
            Connection.State state = connection.state();
            if (state.isUp() || System.nanoTime() - deadline >= 0) {
                return state;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return state;
            }
        }
    }

    @Override
    public void close() {
        connections.close();
        context.close();
    }
}
