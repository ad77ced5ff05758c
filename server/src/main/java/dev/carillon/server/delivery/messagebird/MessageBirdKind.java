// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.Set;
import java.util.function.Function;

/**
 * MessageBird's old REST API, which Bird keeps for accounts of before 2023. Options:
 *
 * <ul>
 *   <li>{@code access_key}
 *   <li>{@code signing_key}: with which MessageBird signs status reports
 *   <li>{@code base_url}: {@code https://rest.messagebird.com} unless said otherwise
 * </ul>
 */
public final class MessageBirdKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the calls of a connection with these settings */
    public MessageBirdKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "messagebird";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        BaseUrl baseUrl = BaseUrl.of(options, "https://rest.messagebird.com");
        Secret key = options.secret("access_key");
        MessageBirdSignature signature = new MessageBirdSignature(options.secret("signing_key"));
        options.refuseUnknown();
        return new MessageBirdConnection(settings.name(), baseUrl, key, signature, calls.apply(settings), context);
    }
}
