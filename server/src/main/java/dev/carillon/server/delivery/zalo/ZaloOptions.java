// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.zalo;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a connection to Zalo.
 *
 * @param messages where messages are posted
 * @param tokenUrl where tokens are refreshed
 * @param refreshToken the token that the operator got when authorising the application
 * @param oaSecret what Zalo signs webhooks with, which is not the application's secret; empty: no webhook is taken
 * @param template the template's id where the message names none
 * @param codeParameter what the template calls the code
 */
record ZaloOptions(
        URI messages,
        URI tokenUrl,
        String appId,
        Secret appSecret,
        Secret refreshToken,
        Optional<Secret> oaSecret,
        String template,
        String codeParameter) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,20}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_]{1,64}");

    static ZaloOptions read(Options options) {
        String base =
                options.url("base_url", "https://business.openapi.zalo.me").toString();
        ZaloOptions read = new ZaloOptions(
                URI.create((base.endsWith("/") ? base : base + "/") + "message/template"),
                options.url("token_url", "https://oauth.zaloapp.com/v4/oa/access_token"),
                digits(options, "app_id"),
                options.secret("app_secret"),
                options.secret("refresh_token"),
                options.optionalSecret("oa_secret"),
                digits(options, "template_id"),
                options.text("code_parameter", "otp"));
        if (!PARAMETER.matcher(read.codeParameter).matches()) {
            throw options.wrong("code_parameter", "must be letters, digits and underscores");
        }
        options.refuseUnknown();
        return read;
    }

    private static String digits(Options options, String name) {
        String text = options.text(name);
        if (!DIGITS.matcher(text).matches()) {
            throw options.wrong(name, "must be digits");
        }
        return text;
    }
}
