// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

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
 * RCS by Google's RCS for Business (formerly RCS Business Messaging, RBM).
 *
 * @see <a href="https://developers.google.com/business-communications/rcs-business-messaging">RCS for Business</a>
 */
public final class RbmKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> http;

    /** @param http makes the client of one connection */
    public RbmKind(Function<ConnectionSettings, HttpCalls> http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "rbm";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.RCS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        RbmOptions options = RbmOptions.read(settings.options());
        ConnectionSettings ofOneCall = Budget.share(settings, RbmConnection.CALLS);
        return new RbmConnection(options, http.apply(ofOneCall), settings.timeout(), context.clock());
    }
}
