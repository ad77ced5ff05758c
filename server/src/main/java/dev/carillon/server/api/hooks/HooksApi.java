// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.hooks;

import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.ContractService;
import dev.carillon.server.api.Contracts;
import dev.carillon.server.api.RequestMetrics;
import dev.carillon.server.api.Route;
import dev.carillon.server.api.hooks.CallbackUrls.Target;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.NonceMemory;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint for providers' calls, {@code GET} and {@code POST} below {@code /hooks/}. Answers have no body; their status tells the
 * provider whether to come again:
 *
 * <ul>
 *   <li>200: genuine, and what it reports is kept
 *   <li>400: genuine, and cannot be read
 *   <li>403: not the provider's, or an old call again
 *   <li>404: no such connection
 *   <li>503: genuine, and could not be kept; it should come again
 * </ul>
 *
 * Thread-safe.
 */
public final class HooksApi {
    private static final Logger LOG = LoggerFactory.getLogger(HooksApi.class);

    /** Receipts come within three days at most; what is about an older message is somebody's old copy. */
    private static final Duration MAX_AGE = Duration.ofDays(4);
    /** A signed time may be five minutes off either way. */
    private static final Duration NONCES_KEPT = Duration.ofMinutes(10);

    private static final int MAX_NONCES = 100_000;

    private final Function<String, Optional<Connection>> connections;
    private final CallbackUrls urls;
    private final ReceiptListener listener;
    private final InstantSource clock;
    private final NonceMemory nonces = new NonceMemory(NONCES_KEPT, MAX_NONCES);
    private final ContractService service;

    /**
     * Puts the endpoint together.
     *
     * @param connections finds a connection by its name
     */
    public HooksApi(
            Function<String, Optional<Connection>> connections,
            CallbackUrls urls,
            ReceiptListener listener,
            InstantSource clock,
            RequestMetrics metrics) {
        this.connections = connections;
        this.urls = urls;
        this.listener = listener;
        this.clock = clock;
        String path = CallbackUrls.PREFIX + "/{}";
        service = new ContractService(
                List.of(
                        new Route(Method.GET, path, "hook", this::answer),
                        new Route(Method.POST, path, "hook", this::answer)),
                (status, _) -> Answer.empty(status, "refused"),
                metrics);
    }

    /** Adds the endpoint to a port's contracts. */
    public Contracts register(Contracts contracts) {
        return contracts.with(CallbackUrls.PREFIX, service);
    }

    private Answer answer(ApiRequest request) {
        Target target = urls.target(request.parameter());
        Optional<Connection> connection = connections.apply(target.connection());
        if (connection.isEmpty()) {
            return Answer.empty(404, "unknown_connection");
        }
        if (!target.isSealed() || target.ref().filter(this::isOld).isPresent()) {
            return forged(target.connection(), "the URL is not one of ours, or too old");
        }
        Optional<Webhook> call = call(request, target);
        if (call.isEmpty()) {
            return unreadable(target.connection(), "the query is malformed");
        }
        return switch (connection.get().webhook(call.get())) {
            case WebhookReply.Receipts receipts -> pass(target.connection(), receipts);
            case WebhookReply.Echo echo ->
                Answer.document(echo.contentType(), echo.body().getBytes(StandardCharsets.UTF_8));
            case WebhookReply.Forged forged -> forged(target.connection(), forged.why());
            case WebhookReply.Unreadable unreadable -> unreadable(target.connection(), unreadable.why());
        };
    }

    private Optional<Webhook> call(ApiRequest request, Target target) {
        String query = request.rawQuery();
        Optional<Map<String, List<String>>> fields = FormData.decode(query);
        return fields.map(decoded -> new Webhook(
                request.method(),
                urls.asGiven(request.rawPath() + (query.isEmpty() ? "" : "?" + query)),
                decoded,
                request.headers(),
                request.body(),
                target.ref()));
    }

    private Answer pass(String connection, WebhookReply.Receipts told) {
        Instant now = clock.instant();
        Optional<String> nonce = told.nonce().map(text -> connection + " " + text);
        if (nonce.filter(text -> nonces.knows(text, now)).isPresent()) {
            return forged(connection, "it is an old call again");
        }
        List<Receipt> receipts =
                told.receipts().stream().filter(receipt -> !isOld(receipt)).toList();
        if (receipts.isEmpty() && !told.receipts().isEmpty()) {
            return forged(connection, "what it is about is too old");
        }
        try {
            receipts.forEach(receipt -> listener.received(connection, receipt));
        } catch (RuntimeException e) {
            LOG.warn(
                    "A receipt of {} could not be kept: {}",
                    connection,
                    e.getClass().getSimpleName());
            return Answer.empty(503, "not_kept").with(HeaderNames.RETRY_AFTER, "1");
        }
        nonce.ifPresent(text -> nonces.remember(text, now));
        return Answer.empty(200, "kept");
    }

    private boolean isOld(Receipt receipt) {
        return receipt.subject() instanceof Receipt.Subject.OurRef(AttemptRef ref) && isOld(ref);
    }

    private boolean isOld(AttemptRef ref) {
        Duration age = Duration.between(TimeOrderedId.timeOf(ref.verification()), clock.instant());
        return age.compareTo(MAX_AGE) > 0;
    }

    private static Answer forged(String connection, String why) {
        LOG.info("A call to the webhook of {} was refused: {}", connection, why);
        return Answer.empty(403, "forged");
    }

    private static Answer unreadable(String connection, String why) {
        LOG.warn("A call to the webhook of {} could not be read: {}", connection, why);
        return Answer.empty(400, "unreadable");
    }
}
