// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telegram;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.http.Budget;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.Set;
import java.util.function.Function;

/**
 * Telegram by its Gateway, which delivers codes of 4 to 8 digits in a chat of its own.
 *
 * @see <a href="https://core.telegram.org/gateway/api">Gateway API</a>
 */
public final class TelegramKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> http;

    /** @param http makes the client of one connection */
    public TelegramKind(Function<ConnectionSettings, HttpCalls> http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "telegram";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.TELEGRAM);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        TelegramOptions options = TelegramOptions.read(settings.options());
        ConnectionSettings ofOneCall = Budget.share(settings, options.calls());
        return new TelegramConnection(settings, options, http.apply(ofOneCall), context);
    }
}
