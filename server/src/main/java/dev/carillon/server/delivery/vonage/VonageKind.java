// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.Jwt;
import java.net.URI;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Kind {@code vonage}: Vonage's Messages API, by an application with its private key. */
public final class VonageKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the client of one connection */
    public VonageKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "vonage";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS, Channel.WHATSAPP, Channel.VIBER, Channel.RCS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        String application = options.text("application_id");
        PrivateKey key = key(options);
        Secret signatureSecret = options.secret("signature_secret");
        MessageBodies.Senders senders = new MessageBodies.Senders(
                sender(settings, Channel.WHATSAPP, "whatsapp_sender"),
                sender(settings, Channel.VIBER, "viber_sender"),
                sender(settings, Channel.RCS, "rcs_sender"));
        Optional<String> template = options.optionalText("whatsapp_template");
        URI base = options.url("base_url", "https://api.nexmo.com");
        options.refuseUnknown();
        return new VonageConnection(
                settings.name(),
                URI.create(base.toString().replaceAll("/+$", "") + "/v1/messages"),
                new VonageToken(application, key, context.clock()),
                signatureSecret,
                new MessageBodies(senders, template, context.clock()),
                calls.apply(settings),
                context);
    }

    private static PrivateKey key(Options options) {
        Secret pem = options.secret("private_key");
        try {
            return Jwt.rsaKey(pem);
        } catch (IllegalArgumentException e) {
            throw options.wrong("private_key", String.valueOf(e.getMessage()));
        }
    }

    /** Each messenger has senders of its own form; those of SMS are for country rules to choose. */
    private static String sender(ConnectionSettings settings, Channel channel, String name) {
        return settings.channels().contains(channel)
                ? settings.options().text(name)
                : settings.options().text(name, "");
    }
}
