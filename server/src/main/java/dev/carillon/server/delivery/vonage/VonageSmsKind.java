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
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Kind {@code vonage-sms}: Vonage's SMS API, the older of the two. */
public final class VonageSmsKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the client of one connection */
    public VonageSmsKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "vonage-sms";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    /**
     * Opens a connection.
     *
     * <p>{@code signature_secret} is optional since Vonage signs receipts only where support has turned it on; without it, only calls
     * to an attempt's own URL are taken.
     */
    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        String key = options.text("api_key");
        Secret secret = options.secret("api_secret");
        Optional<Secret> signatureSecret = options.optionalSecret("signature_secret");
        DlrSignature.Method method =
                options.choice("signature_method", DlrSignature.Method.class, DlrSignature.Method.SHA256);
        URI base = options.url("base_url", "https://rest.nexmo.com");
        options.refuseUnknown();
        return new VonageSmsConnection(
                settings.name(),
                URI.create(base.toString().replaceAll("/+$", "") + "/sms/json"),
                key,
                secret,
                signatureSecret.map(shared -> new DlrSignature(shared, method)),
                calls.apply(settings),
                context);
    }
}
