// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telnyx;

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

/**
 * Telnyx. Options:
 *
 * <ul>
 *   <li>{@code api_key}
 *   <li>{@code public_key}: the account's, with which it signs webhooks; 32 bytes in base64
 *   <li>{@code messaging_profile_id}: needed where the sender is not a number of the account
 *   <li>{@code base_url}: {@code https://api.telnyx.com} unless said otherwise
 * </ul>
 */
public final class TelnyxKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the calls of a connection with these settings */
    public TelnyxKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "telnyx";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        BaseUrl baseUrl = BaseUrl.of(options, "https://api.telnyx.com");
        Secret key = options.secret("api_key");
        Optional<String> profile = options.optionalText("messaging_profile_id");
        TelnyxSignature signature = signature(options);
        options.refuseUnknown();
        return new TelnyxConnection(settings.name(), baseUrl, key, profile, signature, calls.apply(settings), context);
    }

    private static TelnyxSignature signature(Options options) {
        String key = options.text("public_key");
        try {
            return TelnyxSignature.of(key);
        } catch (IllegalArgumentException e) {
            throw options.wrong("public_key", String.valueOf(e.getMessage()));
        }
    }
}
