// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Infobip. Options:
 *
 * <ul>
 *   <li>{@code base_url}: the account's own, such as {@code https://abc123.api.infobip.com}
 *   <li>{@code api_key}
 *   <li>{@code zalo_parameter}: the name of the code in Zalo's template; {@code otp} unless said otherwise
 *   <li>{@code whatsapp_languages}: the template's language where it is not the message's, such as {@code fr-FR: fr}
 *   <li>{@code webhook_user} and {@code webhook_password}, or {@code webhook_token}: what calls to the connection's URL as a whole must
 *       bring, as basic authentication or in the query as {@code token}. Infobip signs nothing: without these, only calls to an attempt's own URL are taken
 * </ul>
 */
public final class InfobipKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the calls of a connection with these settings */
    public InfobipKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "infobip";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS, Channel.WHATSAPP, Channel.VIBER, Channel.RCS, Channel.ZALO);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        options.text("base_url"); // there is none that all accounts share
        BaseUrl baseUrl = BaseUrl.of(options, "");
        Secret key = options.secret("api_key");
        Options languages = options.section("whatsapp_languages");
        Map<String, String> byLocale = new HashMap<>();
        languages.names().forEach(locale -> byLocale.put(locale, languages.text(locale)));
        String zaloParameter = options.text("zalo_parameter", "otp");
        InfobipWebhookKey webhookKey = new InfobipWebhookKey(basic(options), options.optionalSecret("webhook_token"));
        options.refuseUnknown();
        return new InfobipConnection(
                settings.name(),
                new InfobipRequests(settings.name(), baseUrl, key, byLocale, zaloParameter),
                webhookKey,
                calls.apply(settings),
                context);
    }

    private static Optional<InfobipWebhookKey.Basic> basic(Options options) {
        Optional<String> user = options.optionalText("webhook_user");
        Optional<Secret> password = options.optionalSecret("webhook_password");
        if (user.isPresent() != password.isPresent()) {
            throw options.wrong(user.isPresent() ? "webhook_password" : "webhook_user", "is missing");
        }
        return user.map(name -> new InfobipWebhookKey.Basic(name, password.orElseThrow()));
    }
}
