// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a connection to RCS for Business.
 *
 * @param base with a slash at its end
 * @param checkCapability whether to ask first if the number can get RCS
 * @param clientToken what Google signs webhooks with; empty: no webhook is taken
 */
record RbmOptions(
        String base, String agentId, ServiceAccount account, boolean checkCapability, Optional<Secret> clientToken) {
    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9_.@-]{1,128}");

    /** Where the agent was registered. */
    enum Region {
        US,
        EUROPE,
        ASIA;

        String base() {
            return "https://" + name().toLowerCase(Locale.ROOT) + "-rcsbusinessmessaging.googleapis.com";
        }
    }

    static RbmOptions read(Options options) {
        Region region = options.choice("region", Region.class, Region.US);
        String base = options.url("base_url", region.base()).toString();
        String agent = options.text("agent_id");
        if (!AGENT.matcher(agent).matches()) {
            throw options.wrong("agent_id", "is not the id of an agent");
        }
        RbmOptions read = new RbmOptions(
                base.endsWith("/") ? base : base + "/",
                agent,
                ServiceAccount.read(options),
                options.flag("check_capability", true),
                options.optionalSecret("client_token"));
        options.refuseUnknown();
        return read;
    }
}
