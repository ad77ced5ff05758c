// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.whatsapp;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a connection to WhatsApp.
 *
 * @param messages where messages are posted
 * @param template the template's name where the message names none
 * @param appSecret what Meta signs webhooks with; empty: no webhook is taken
 * @param verifyToken what Meta shows when the webhook is registered
 */
record WhatsAppOptions(
        URI messages,
        Secret accessToken,
        String template,
        TemplateLanguages languages,
        Optional<Secret> appSecret,
        Optional<Secret> verifyToken) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{5,20}");
    private static final Pattern VERSION = Pattern.compile("v[0-9]{1,3}\\.[0-9]{1,2}");
    private static final Pattern TEMPLATE = Pattern.compile("[a-z0-9_]{1,512}");

    static WhatsAppOptions read(Options options) {
        String base = options.url("base_url", "https://graph.facebook.com").toString();
        String version = matching(options, "api_version", Optional.of("v23.0"), VERSION, "must look like v23.0");
        String sender = matching(options, "phone_number_id", Optional.empty(), DIGITS, "must be 5 to 20 digits");
        WhatsAppOptions read = new WhatsAppOptions(
                URI.create((base.endsWith("/") ? base : base + "/") + version + "/" + sender + "/messages"),
                options.secret("access_token"),
                matching(
                        options,
                        "template",
                        Optional.empty(),
                        TEMPLATE,
                        "must be lower-case letters, digits and underscores"),
                languages(options),
                options.optionalSecret("app_secret"),
                options.optionalSecret("verify_token"));
        options.refuseUnknown();
        return read;
    }

    private static TemplateLanguages languages(Options options) {
        List<String> codes = options.texts("languages");
        try {
            return TemplateLanguages.of(codes);
        } catch (IllegalArgumentException e) {
            throw options.wrong("languages", String.valueOf(e.getMessage()));
        }
    }

    private static String matching(
            Options options, String name, Optional<String> standard, Pattern pattern, String rule) {
        String text = standard.map(it -> options.text(name, it)).orElseGet(() -> options.text(name));
        if (!pattern.matcher(text).matches()) {
            throw options.wrong(name, rule);
        }
        return text;
    }
}
