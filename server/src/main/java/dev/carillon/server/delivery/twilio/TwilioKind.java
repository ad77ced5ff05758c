// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.twilio;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.Set;
import java.util.function.Function;

/** Kind {@code twilio}: one Twilio account, or one subaccount. */
public final class TwilioKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the client of one connection */
    public TwilioKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS, Channel.WHATSAPP, Channel.RCS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        TwilioOptions options = TwilioOptions.read(settings);
        return new TwilioConnection(settings.name(), options, calls.apply(settings), context);
    }
}
