// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.plivo;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Plivo. Options:
 *
 * <ul>
 *   <li>{@code auth_id}, {@code auth_token}
 *   <li>{@code powerpack_uuid}: sends from a Powerpack's numbers instead of the sender
 *   <li>{@code dlt_template_category}: of messages to India; {@code service_implicit} unless said otherwise
 *   <li>{@code keep_content}: whether Plivo may keep the texts in its log; no unless said otherwise
 *   <li>{@code currency}: what the account is billed in, since reports do not say it; {@code USD} unless said otherwise
 *   <li>{@code base_url}: {@code https://api.plivo.com} unless said otherwise
 * </ul>
 */
public final class PlivoKind implements ConnectionKind {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern AUTH_ID = Pattern.compile("[A-Za-z0-9]+");

    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the calls of a connection with these settings */
    public PlivoKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "plivo";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        PlivoAccount account = new PlivoAccount(
                BaseUrl.of(options, "https://api.plivo.com"),
                options.text("auth_id"),
                options.secret("auth_token"),
                options.optionalText("powerpack_uuid"),
                options.text("dlt_template_category", "service_implicit"),
                options.flag("keep_content", false),
                options.text("currency", "USD"));
        if (!AUTH_ID.matcher(account.authId()).matches()) {
            throw options.wrong("auth_id", "must be letters and digits");
        }
        if (!CURRENCY.matcher(account.currency()).matches()) {
            throw options.wrong("currency", "must be three capital letters");
        }
        options.refuseUnknown();
        return new PlivoConnection(settings.name(), account, calls.apply(settings), context);
    }
}
