// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.HttpCalls;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Kind {@code http}: any provider that takes a message in one request, described by its settings.
 *
 * <pre>{@code
 * url: https://gateway.example.com/send
 * headers: {Authorization: "Bearer {{secret.key}}"}
 * secrets: {key_env: GATEWAY_KEY}
 * body: '{"to":"{{digits}}","from":"{{sender}}","text":"{{text}}","reference":"{{ref}}","report":"{{callback}}"}'
 * accepted: {statuses: 200-299, id: {json: /id}}
 * errors: {code: {json: /error/code}, number: [invalid_number]}
 * receipt:
 *   status: {json: /status}
 *   statuses: {DELIVRD: delivered, UNDELIV: undeliverable}
 * }</pre>
 */
public final class GenericKind implements ConnectionKind {
    private final Function<ConnectionSettings, HttpCalls> calls;

    /** @param calls makes the client of one connection */
    public GenericKind(Function<ConnectionSettings, HttpCalls> calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Set<Channel> channels() {
        return EnumSet.allOf(Channel.class);
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        Options options = settings.options();
        RequestTemplate request = RequestOptions.read(options);
        Options section = options.section("receipt");
        Optional<ReceiptRules> receipts =
                options.names().contains("receipt") ? Optional.of(ReceiptRules.read(section)) : Optional.empty();
        AnswerRules answers =
                AnswerRules.read(options, receipts.filter(ReceiptRules::needsId).isPresent());
        options.refuseUnknown();
        return new GenericConnection(settings.name(), request, answers, receipts, calls.apply(settings), context);
    }
}
