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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Bird's Channels API. The channel has its sender; that of the message is not used. Options:
 *
 * <ul>
 *   <li>{@code access_key}, {@code workspace_id}, {@code channel_id}
 *   <li>{@code signing_key}: that of the webhook subscription to {@code sms.outbound}, whose URL is the connection's as a whole. Without it
 *       there are no receipts
 *   <li>{@code base_url}: {@code https://api.bird.com} unless said otherwise
 * </ul>
 */
public final class BirdKind implements ConnectionKind {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]+");

    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the calls of a connection with these settings */
    public BirdKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "bird";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        BaseUrl baseUrl = BaseUrl.of(options, "https://api.bird.com");
        Secret key = options.secret("access_key");
        String path =
                "/workspaces/" + id(options, "workspace_id") + "/channels/" + id(options, "channel_id") + "/messages";
        Optional<BirdSignature> signature =
                options.optionalSecret("signing_key").map(BirdSignature::new);
        options.refuseUnknown();
        return new BirdConnection(baseUrl.at(path), key, signature, calls.apply(settings), context);
    }

    private static String id(Options options, String name) {
        String id = options.text(name);
        if (!ID.matcher(id).matches()) {
            throw options.wrong(name, "must be letters, digits and hyphens");
        }
        return id;
    }
}
