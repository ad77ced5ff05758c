// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind whose connections keep what they are given; the option {@code answer} says what becomes of it. */
public record TestKind(String name, Set<Channel> channels, List<Message> sent) implements ConnectionKind {
    /** What a connection answers. */
    public enum Answer {
        ACCEPTED,
        REJECTED,
        FAULT,
        DOWN
    }

    public TestKind(String name, Set<Channel> channels) {
        this(name, channels, new ArrayList<>());
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Answer answer = settings.options().choice("answer", Answer.class, Answer.ACCEPTED);
        Optional<Secret> _ = settings.options().optionalSecret("password");
        settings.options().refuseUnknown();
        return new Connection() {
            @Override
            public SendResult send(Message message) {
                sent.add(message);
                return switch (answer) {
                    case ACCEPTED -> new SendResult.Accepted(Optional.of("p-1"), Optional.of(new Money(7_500, "EUR")));
                    case REJECTED -> new SendResult.Rejected(SendResult.Reason.NUMBER, "21211 no such number");
                    case FAULT, DOWN -> new SendResult.Fault("20003 authenticate");
                };
            }

            @Override
            public State state() {
                return answer == Answer.DOWN ? new State(false, "0 of 1 binds") : State.up();
            }
        };
    }
}
