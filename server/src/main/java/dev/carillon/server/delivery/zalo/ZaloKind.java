// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.zalo;

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
 * Zalo by its notification service (ZNS): sends a template for codes that the operator has had approved.
 *
 * @see <a href="https://developers.zalo.me/docs/zalo-notification-service">ZNS</a>
 */
public final class ZaloKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> http;

    /** @param http makes the client of one connection */
    public ZaloKind(Function<ConnectionSettings, HttpCalls> http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "zalo";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.ZALO);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        ZaloOptions options = ZaloOptions.read(settings.options());
        ConnectionSettings ofOneCall = Budget.share(settings, ZaloConnection.CALLS);
        return new ZaloConnection(settings, options, http.apply(ofOneCall), context);
    }
}
