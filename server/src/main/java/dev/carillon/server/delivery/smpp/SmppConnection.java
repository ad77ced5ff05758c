// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Throttle;
import dev.carillon.server.delivery.smpp.SmppSession.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.OptionalParameter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to one SMSC, over some binds. Thread-safe.
 *
 * <p>A message that no bind can take now is a {@link SendResult.Fault} at once: another connection should send it. Waiting for its turn
 * and for a place in a window may take half of the time-out, so that the SMSC has the other half for its answer.
 *
 * <p>Of a message of several parts each is its own message to the SMSC. They go one after the other, so that nothing more goes out when
 * one is refused; only the last wants a receipt and only its id is given on, so the message counts as delivered when its last part is.
 * When the first part went out and a later one did not, what the phone shows cannot be known: {@link SendResult.Unknown}.
 */
final class SmppConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(SmppConnection.class);

    private static final Map<String, Integer> DLT_TLVS = Map.of(
            TemplateIds.DLT_ENTITY, Tlv.DLT_ENTITY,
            TemplateIds.DLT_TEMPLATE, Tlv.DLT_TEMPLATE,
            TemplateIds.DLT_TELEMARKETER, Tlv.DLT_TELEMARKETER);

    private final ConnectionSettings settings;
    private final SmppOptions options;
    private final ConnectionContext context;
    private final LongSupplier nanoTime;
    /** How long a message may wait until it goes out. */
    private final Duration patience;

    private final Optional<Throttle> throttle;
    private final List<Bind> senders;
    private final List<Bind> receivers;

    SmppConnection(ConnectionSettings settings, SmppOptions options, ConnectionContext context, LongSupplier nanoTime) {
        this.settings = settings;
        this.options = options;
        this.context = context;
        this.nanoTime = nanoTime;
        this.patience = settings.timeout().dividedBy(2);
        this.throttle = settings.messagesPerSecond().map(most -> new Throttle(most, nanoTime));
        boolean both = options.mode() == SmppOptions.Mode.TRX;
        this.senders = binds(both ? BindType.BIND_TRX : BindType.BIND_TX);
        this.receivers = both ? List.of() : binds(BindType.BIND_RX);
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        List<Submit> parts = submits(message);
        if (senders.stream().noneMatch(Bind::isReady)) {
            return new SendResult.Fault(state().detail());
        }
        long started = nanoTime.getAsLong();
        Optional<Throttle.Turns> turns = Optional.empty();
        if (throttle.isPresent()) {
            turns = throttle.get().take(parts.size(), patience);
            if (turns.isEmpty()) {
                return new SendResult.Fault(
                        "throttled: more than " + settings.messagesPerSecond().orElseThrow() + " messages per second");
            }
        }
        String id = "";
        for (int part = 0; part < parts.size(); part++) {
            if (turns.isPresent()) {
                turns.get().await(part);
            }
            Outcome outcome = submit(parts.get(part), started);
            if (!(outcome instanceof Outcome.Answered answer) || answer.status() != CommandStatus.OK) {
                return part == 0
                        ? failure(outcome)
                        : new SendResult.Unknown("part " + (part + 1) + " of " + parts.size() + ": " + why(outcome));
            }
            id = options.receipts().ids().ofResponse(answer.messageId());
        }
        return new SendResult.Accepted(Optional.of(id).filter(text -> !text.isEmpty()), Optional.empty());
    }

    @Override
    public State state() {
        long ready = senders.stream().filter(Bind::isReady).count();
        StringBuilder detail = new StringBuilder(ready + " of " + senders.size() + " binds");
        if (!receivers.isEmpty()) {
            detail.append(" to send, ")
                    .append(receivers.stream().filter(Bind::isBound).count())
                    .append(" of ")
                    .append(receivers.size())
                    .append(" to receive");
        }
        Stream.concat(
                        senders.stream().filter(bind -> !bind.isReady()),
                        receivers.stream().filter(bind -> !bind.isBound()))
                .findFirst()
                .ifPresent(bind -> detail.append("; ").append(bind.trouble()));
        return new State(ready > 0, detail.toString());
    }

    @Override
    public void close() {
        List<Thread> closers = Stream.concat(senders.stream(), receivers.stream())
                .map(bind -> Thread.startVirtualThread(() -> bind.close(settings.timeout())))
                .toList();
        try {
            for (Thread closer : closers) {
                closer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Bind> binds(BindType type) {
        List<Bind> binds = new ArrayList<>();
        IntStream.rangeClosed(1, options.binds())
                .mapToObj(number -> settings.name() + "-" + type.name().replace("BIND_", "") + "-" + number)
                .forEach(name -> binds.add(new Bind(options, type, name, this::receive, nanoTime)));
        return List.copyOf(binds);
    }

    private Outcome submit(Submit part, long started) throws InterruptedException {
        // A bind that breaks before it has written costs nothing but the try of another.
        for (int tries = 1; ; tries++) {
            Optional<Bind> bind = senders.stream().filter(Bind::isReady).min(Comparator.comparingInt(Bind::load));
            if (bind.isEmpty()) {
                return new Outcome.NotWritten(state().detail());
            }
            if (!bind.get().enter(left(started, patience))) {
                return new Outcome.NotWritten("the window is full");
            }
            Outcome outcome;
            try {
                outcome = bind.get().submit(part, left(started, settings.timeout()));
            } finally {
                bind.get().leave();
            }
            if (!(outcome instanceof Outcome.NotWritten) || tries == senders.size()) {
                return outcome;
            }
        }
    }

    private Duration left(long started, Duration of) {
        Duration left = of.minusNanos(nanoTime.getAsLong() - started);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private static SendResult failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answer -> CommandStatus.refused(answer.status());
            case Outcome.NotWritten _ -> new SendResult.Fault(why(outcome));
            case Outcome.NoAnswer _ -> new SendResult.Unknown(why(outcome));
        };
    }

    private static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answer -> CommandStatus.describe(answer.status());
            case Outcome.NotWritten notWritten -> notWritten.why();
            case Outcome.NoAnswer noAnswer -> noAnswer.why();
        };
    }

    private List<Submit> submits(Message message) {
        Address source = Address.sender(message.senderId(), options.sourceTypes());
        Address destination = Address.phone(message.digits(), options.destinationTypes());
        String validity = options.validity()
                ? Submit.validity(message.timeToLive(context.clock().instant()))
                : "";
        List<OptionalParameter> tlvs = dltTlvs(message.templateIds());
        List<TextPart> texts =
                options.text().encode(message.text(), message.attemptId().hashCode());
        List<Submit> submits = new ArrayList<>();
        for (TextPart text : texts) {
            boolean isLast = submits.size() == texts.size() - 1;
            submits.add(new Submit(options.serviceType(), source, destination, validity, isLast, text, tlvs));
        }
        return submits;
    }

    /** India: an SMS without these goes nowhere. */
    private static List<OptionalParameter> dltTlvs(Map<String, String> templateIds) {
        if (templateIds.isEmpty()) {
            return List.of();
        }
        List<OptionalParameter> tlvs = new ArrayList<>();
        DLT_TLVS.forEach(
                (name, tag) -> Optional.ofNullable(templateIds.get(name)).ifPresent(id -> tlvs.add(Tlv.of(tag, id))));
        return tlvs;
    }

    /** @return what to answer to the SMSC: that it is well, but for a receipt that could not be kept */
    private int receive(InboundMessage message) {
        try {
            Optional<Receipt> receipt =
                    options.receipts().read(message, context.clock().instant());
            if (receipt.isPresent()) {
                context.receipts().received(settings.name(), receipt.get());
            } else if (message.isReceipt()) {
                LOG.warn("{}: a receipt without a message id", settings.name());
            }
            return CommandStatus.OK;
        } catch (RuntimeException e) {
            // Without its words, which may quote the receipt.
            LOG.warn(
                    "{}: a receipt could not be kept; the SMSC will send it again: {}",
                    settings.name(),
                    e.getClass().getName());
            return CommandStatus.TEMPORARY_ERROR;
        }
    }
}
