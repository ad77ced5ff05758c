// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.zalo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.Budget;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends the template with the code. */
final class ZaloConnection implements Connection {
    /**
     * Error codes that lie in the recipient, and are said of Zalo only: a number without it may well get an SMS.
     *
     * <ul>
     *   <li>-108: no phone number for Zalo, -110: the recipient's app is too old, -118: has no account
     *   <li>-114: inactive or refused, -119: cannot receive, -139: refuses this kind, -141: refuses this sender
     * </ul>
     */
    private static final Map<String, Reason> REASONS = Map.of(
            "-108", Reason.CHANNEL,
            "-110", Reason.CHANNEL,
            "-114", Reason.CHANNEL,
            "-118", Reason.CHANNEL,
            "-119", Reason.CHANNEL,
            "-139", Reason.CHANNEL,
            "-141", Reason.CHANNEL);

    /** A token, the message, and the message once more. */
    static final int CALLS = 3;

    /** The access token is wrong, or over, or was replaced. */
    private static final Set<String> TOKEN_ERRORS = Set.of("-124", "-216", "-220");

    private final String name;
    private final Duration timeout;
    private final ZaloOptions options;
    private final HttpCalls http;
    private final TokenStore tokens;
    private final ZaloTokens refresher;
    private final ZaloWebhook webhook;

    ZaloConnection(ConnectionSettings settings, ZaloOptions options, HttpCalls http, ConnectionContext context) {
        this.name = settings.name();
        this.timeout = settings.timeout();
        this.options = options;
        this.http = http;
        this.tokens = context.tokens();
        this.refresher = new ZaloTokens(options, http, context.clock());
        this.webhook = new ZaloWebhook(options, context.clock());
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        Budget budget = Budget.start(timeout, CALLS);
        try {
            Secret token = token();
            if (budget.isSpent()) {
                return new SendResult.Fault("the access token came too late to send the message");
            }
            HttpReply reply = post(message, token);
            if (TOKEN_ERRORS.contains(code(reply))) {
                // It was refused before anything was sent; with another token, once more.
                tokens.rejected(name, token);
                Secret next = token();
                reply = next.equals(token) || budget.isSpent() ? reply : post(message, next);
            }
            return result(reply);
        } catch (TokenUnavailableException e) {
            return e.result();
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    private Secret token() throws TokenUnavailableException, InterruptedException {
        return tokens.accessToken(name, options.refreshToken(), refresher);
    }

    private HttpReply post(Message message, Secret token) throws CallFailedException, InterruptedException {
        ObjectNode body = JsonTree.object()
                .put("phone", message.digits())
                .put("template_id", message.templateIds().getOrDefault(TemplateIds.ZALO, options.template()))
                .put("tracking_id", message.ref().encoded());
        body.putObject("template_data")
                .put(options.codeParameter(), message.code().digits());
        // The proof binds the token to the application. Zalo asks for it where the operator has switched it on.
        String proof = Signatures.hex(Hmac.SHA256.of(options.appSecret(), token.value()));
        return http.send(HttpCall.post(options.messages(), "application/json", JsonTree.write(body))
                .with("access_token", token.value())
                .with("appsecret_proof", proof));
    }

    private static String code(HttpReply reply) {
        return JsonTree.text(JsonTree.read(reply.body()), "/error").orElse("");
    }

    private static SendResult result(HttpReply reply) {
        JsonNode json = JsonTree.read(reply.body());
        Optional<String> code = JsonTree.text(json, "/error");
        String detail = Outcomes.detail(reply, code, JsonTree.text(json, "/message"));
        if (code.isEmpty() || !reply.isSuccess()) {
            return Outcomes.byStatus(reply, detail);
        }
        if (code.get().equals("0")) {
            return SendResult.Accepted.plain();
        }
        // Refusals come with 200.
        return Optional.ofNullable(REASONS.get(code.get()))
                .<SendResult>map(reason -> new SendResult.Rejected(reason, detail))
                .orElseGet(() -> new SendResult.Fault(detail));
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        return webhook.read(call);
    }

    @Override
    public void close() {
        http.close();
    }
}
