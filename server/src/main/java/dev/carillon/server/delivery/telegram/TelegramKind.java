// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telegram;

import dev.carillon.core.verification.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import java.util.Set;
import java.util.function.Function;

/**
 * Telegram by its Gateway, which delivers codes of 4 to 8 digits in a chat of its own.
 *
 * @see <a href="https://core.telegram.org/gateway/api">Gateway API</a>
 */
public final class TelegramKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> http;

    public TelegramKind() {
        this(settings -> JdkHttpCalls.of(settings.timeout()));
    }

    /** @param http how its connections make requests */
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
        return new TelegramConnection(settings.name(), options, http.apply(settings), context);
    }
}
