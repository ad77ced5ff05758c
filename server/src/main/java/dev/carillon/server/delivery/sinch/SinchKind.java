// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.sinch;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Sinch. Options:
 *
 * <ul>
 *   <li>{@code service_plan_id}, {@code api_token}
 *   <li>{@code region}: {@code us} (unless said otherwise), {@code eu}, {@code au}, {@code br} or {@code ca}
 *   <li>{@code webhook_secret}: with which Sinch signs callbacks once its support has switched that on. Without it nothing is signed, and
 *       only calls to an attempt's own URL are taken
 *   <li>{@code base_url}: that of the region unless said otherwise
 * </ul>
 */
public final class SinchKind implements ConnectionKind {
    private static final Pattern PLAN = Pattern.compile("[A-Za-z0-9_-]+");

    private enum Region {
        US,
        EU,
        AU,
        BR,
        CA
    }

    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the calls of a connection with these settings */
    public SinchKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "sinch";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        String region = options.choice("region", Region.class, Region.US).name().toLowerCase(Locale.ROOT);
        BaseUrl baseUrl = BaseUrl.of(options, "https://" + region + ".sms.api.sinch.com");
        String plan = options.text("service_plan_id");
        if (!PLAN.matcher(plan).matches()) {
            throw options.wrong("service_plan_id", "must be letters, digits, hyphens and underscores");
        }
        Secret token = options.secret("api_token");
        Optional<SinchSignature> signature =
                options.optionalSecret("webhook_secret").map(SinchSignature::new);
        options.refuseUnknown();
        return new SinchConnection(
                settings.name(),
                baseUrl.at("/xms/v1/" + plan + "/batches"),
                token,
                signature,
                calls.apply(settings),
                context);
    }
}
