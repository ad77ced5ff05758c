// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.twilio;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.Signatures;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The options of one connection.
 *
 * @param messages the URL that takes messages
 * @param authorization the value of the header
 * @param authToken signs Twilio's calls, whatever authorizes ours
 * @param service the messaging service's SID, which then picks the sender
 * @param whatsappSender E.164; WhatsApp has no names as senders
 * @param whatsappContent the SID of the approved authentication template whose variable 1 is the code
 * @param discardContent whether Twilio is asked not to keep the text
 * @param riskCheck whether Twilio looks for SMS pumping; empty: as the account has it
 */
record TwilioOptions(
        URI messages,
        Secret authorization,
        Secret authToken,
        Optional<String> service,
        Optional<String> whatsappSender,
        Optional<String> whatsappContent,
        boolean discardContent,
        Optional<String> riskCheck) {

    private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final Pattern CONTENT = Pattern.compile("HX[0-9a-fA-F]{32}");
    private static final Pattern API_KEY = Pattern.compile("SK[0-9a-fA-F]{32}");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /** What Twilio is asked for by {@code risk_check}. */
    private enum RiskCheck {
        ENABLE,
        DISABLE,
        ACCOUNT
    }

    static TwilioOptions read(ConnectionSettings settings) {
        Options options = settings.options();
        String account = options.text("account_sid");
        check(options, "account_sid", Optional.of(account), ACCOUNT.asMatchPredicate(), "AC and 32 hex digits");
        Secret authToken = options.secret("auth_token");
        Optional<String> key = form(options, "api_key_sid", API_KEY, "SK and 32 hex digits");
        Optional<Secret> keySecret = options.optionalSecret("api_key_secret");
        if (key.isPresent() != keySecret.isPresent()) {
            throw options.wrong(key.isPresent() ? "api_key_secret" : "api_key_sid", "is missing beside its other half");
        }
        Optional<String> service = form(options, "messaging_service_sid", SERVICE, "MG and 32 hex digits");
        Optional<String> whatsappSender = form(options, "whatsapp_sender", E164, "a number in E.164");
        if (settings.channels().contains(Channel.WHATSAPP) && service.isEmpty() && whatsappSender.isEmpty()) {
            throw options.wrong("whatsapp_sender", "is missing, and so is messaging_service_sid");
        }
        if (settings.channels().contains(Channel.RCS) && service.isEmpty()) {
            throw options.wrong("messaging_service_sid", "is missing; Twilio sends RCS by a messaging service only");
        }
        Optional<String> content = form(options, "whatsapp_content_sid", CONTENT, "HX and 32 hex digits");
        RiskCheck risk = options.choice("risk_check", RiskCheck.class, RiskCheck.ACCOUNT);
        URI base = options.url("base_url", "https://api.twilio.com");
        TwilioOptions read = new TwilioOptions(
                URI.create(
                        base.toString().replaceAll("/+$", "") + "/2010-04-01/Accounts/" + account + "/Messages.json"),
                new Secret(Signatures.basic(key.orElse(account), keySecret.orElse(authToken))),
                authToken,
                service,
                whatsappSender,
                content,
                options.flag("discard_content", false),
                risk == RiskCheck.ACCOUNT
                        ? Optional.empty()
                        : Optional.of(risk == RiskCheck.ENABLE ? "enable" : "disable"));
        options.refuseUnknown();
        return read;
    }

    private static Optional<String> form(Options options, String name, Pattern pattern, String what) {
        Optional<String> text = options.optionalText(name);
        check(options, name, text, pattern.asMatchPredicate(), what);
        return text;
    }

    private static void check(
            Options options, String name, Optional<String> text, Predicate<String> form, String what) {
        if (text.isPresent() && !form.test(text.get())) {
            throw options.wrong(name, "is not " + what);
        }
    }
}
