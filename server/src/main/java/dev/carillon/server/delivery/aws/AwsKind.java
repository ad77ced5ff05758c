// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * AWS End User Messaging SMS. Options:
 *
 * <ul>
 *   <li>{@code region}, such as {@code eu-west-1}
 *   <li>{@code access_key_id}, {@code secret_access_key}, and {@code session_token} of temporary credentials
 *   <li>{@code configuration_set}: which sends events to an SNS topic
 *   <li>{@code topic_arn}: that topic. Its subscription to the connection's URL as a whole is confirmed by itself. Without it there are no
 *       receipts
 *   <li>{@code max_price}: in US dollars for a part; what would cost more is not sent
 *   <li>{@code protect_configuration}
 *   <li>{@code base_url}: that of the region unless said otherwise
 * </ul>
 */
public final class AwsKind implements ConnectionKind {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(?:-[a-z0-9]+)+");

    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the calls of a connection with these settings */
    public AwsKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "aws";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        String region = options.text("region");
        if (!REGION.matcher(region).matches()) {
            throw options.wrong("region", "must be the name of a region, such as eu-west-1");
        }
        AwsCredentials credentials = new AwsCredentials(
                options.text("access_key_id"),
                options.secret("secret_access_key"),
                options.optionalSecret("session_token"));
        BaseUrl baseUrl = BaseUrl.of(options, "https://sms-voice." + region + ".amazonaws.com");
        AwsRequests requests = new AwsRequests(
                baseUrl.at("/"),
                new SigV4(credentials, region, "sms-voice"),
                options.optionalText("configuration_set"),
                options.optionalText("protect_configuration"),
                options.decimal("max_price"));
        Optional<SnsTopic> topic = options.optionalText("topic_arn").map(arn -> SnsTopic.parse(arn)
                .orElseThrow(() -> options.wrong("topic_arn", "must be the ARN of an SNS topic")));
        options.refuseUnknown();
        HttpCalls http = calls.apply(settings);
        return new AwsConnection(requests, topic.map(one -> new SnsInbox(one, http)), http, context);
    }
}
