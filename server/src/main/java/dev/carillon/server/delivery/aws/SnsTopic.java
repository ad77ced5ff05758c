// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SNS topic.
 *
 * @param arn {@code arn:PARTITION:sns:REGION:ACCOUNT:NAME}
 * @param host where SNS is in its region; its certificates are nowhere else
 */
record SnsTopic(String arn, String host) {
    private static final Pattern ARN =
            Pattern.compile("arn:aws(-cn|-us-gov)?:sns:([a-z0-9-]{3,32}):[0-9]{12}:[A-Za-z0-9_-]{1,256}");

    static Optional<SnsTopic> parse(String arn) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String china = "-cn".equals(parts.group(1)) ? ".cn" : "";
        return Optional.of(new SnsTopic(arn, "sns." + parts.group(2) + ".amazonaws.com" + china));
    }

    /** A URL of SNS in the topic's region by HTTPS; empty for any other. */
    Optional<URI> ownUrl(String text) {
        try {
            URI url = URI.create(text);
            boolean own = "https".equals(url.getScheme())
                    && host.equals(url.getHost())
                    && url.getPort() == -1
                    && url.getRawUserInfo() == null;
            return own ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
