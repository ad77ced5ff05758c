// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.whatsapp;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.Set;
import java.util.function.Function;

/**
 * WhatsApp by Meta's Cloud API: sends an authentication template that the operator has had approved.
 *
 * @see <a href="https://developers.facebook.com/docs/whatsapp/cloud-api">Cloud API</a>
 */
public final class WhatsAppKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> http;

    /** @param http makes the client of one connection */
    public WhatsAppKind(Function<ConnectionSettings, HttpCalls> http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "whatsapp";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.WHATSAPP);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        WhatsAppOptions options = WhatsAppOptions.read(settings.options());
        return new WhatsAppConnection(options, http.apply(settings), new WhatsAppWebhook(options, context.clock()));
    }
}
