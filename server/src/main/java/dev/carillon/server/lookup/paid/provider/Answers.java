// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.phone.Network;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.lookup.paid.LookupFailedException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the providers have in common. */
final class Answers {
    private static final int NOT_FOUND = 404;
    private static final Pattern MCC = Pattern.compile("[2-7][0-9]{2}");
    private static final Pattern MNC = Pattern.compile("[0-9]{2,3}");

    private Answers() {}

    /**
     * A provider's answer.
     *
     * @return empty when it says that there is nothing under this number
     * @throws LookupFailedException when it is none
     */
    static Optional<HttpReply> reply(HttpCalls calls, HttpCall call)
            throws LookupFailedException, InterruptedException {
        HttpReply reply;
        try {
            reply = calls.send(call);
        } catch (CallFailedException e) {
            throw new LookupFailedException(String.valueOf(e.getMessage()));
        }
        if (reply.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw new LookupFailedException("HTTP " + reply.status());
        }
        return Optional.of(reply);
    }

    /** An answer that is a JSON object; see {@link #reply}. */
    static Optional<JsonNode> json(HttpCalls calls, HttpCall call) throws LookupFailedException, InterruptedException {
        Optional<JsonNode> tree = reply(calls, call).map(reply -> JsonTree.read(reply.body()));
        if (tree.isPresent() && !tree.get().isObject()) {
            throw new LookupFailedException("the answer is not a JSON object");
        }
        return tree;
    }

    /** A network of its two parts; some providers put a country's letters or an area code there. */
    static Optional<Network> network(Optional<String> mcc, Optional<String> mnc) {
        return mcc.filter(code -> MCC.matcher(code).matches())
                .flatMap(country ->
                        mnc.filter(code -> MNC.matcher(code).matches()).map(code -> new Network(country + code)));
    }

    /** A network as one text. */
    static Optional<Network> network(Optional<String> code) {
        return code.flatMap(Network::parse);
    }
}
