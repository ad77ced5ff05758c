// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telegram;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a connection to Telegram's Gateway.
 *
 * @param sender the verified channel that codes come from; empty: Telegram's own
 * @param checkFirst whether to ask first if the number can be reached. That costs what the message costs, which is then free.
 */
record TelegramOptions(String base, Secret accessToken, Optional<String> sender, boolean checkFirst) {
    private static final Pattern USERNAME = Pattern.compile("@?[A-Za-z][A-Za-z0-9_]{3,31}");

    static TelegramOptions read(Options options) {
        String base = options.url("base_url", "https://gatewayapi.telegram.org").toString();
        Optional<String> sender = options.optionalText("sender_username");
        if (sender.isPresent() && !USERNAME.matcher(sender.get()).matches()) {
            throw options.wrong("sender_username", "is not the username of a channel");
        }
        TelegramOptions read = new TelegramOptions(
                base.endsWith("/") ? base : base + "/",
                options.secret("access_token"),
                sender.map(name -> name.startsWith("@") ? name.substring(1) : name),
                options.flag("check_first", false));
        options.refuseUnknown();
        return read;
    }

    /** How many calls a message takes. */
    int calls() {
        return checkFirst ? 2 : 1;
    }

    URI method(String name) {
        return URI.create(base + name);
    }
}
