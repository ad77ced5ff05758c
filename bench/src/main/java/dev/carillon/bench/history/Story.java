// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the status endpoint tells of a verification.
 *
 * @param checks their results, oldest first
 * @param balance what it changed in the account's balance, so far
 * @param reserved whether a part of that is only reserved, and may be given back yet
 */
record Story(Instant createdAt, List<String> checks, List<Attempt> attempts, BigDecimal balance, boolean reserved) {
    private static final Pattern CODE = Pattern.compile("[0-9]{4,8}");

    /**
     * One message.
     *
     * @param heardOf whether it is known what became of it, which is when it has left
     * @param code while the window is open; empty afterwards
     */
    record Attempt(Instant at, String status, boolean heardOf, String code) {}

    static Story of(Exchange status) {
        JsonNode json = status.json();
        List<String> checks = new ArrayList<>();
        List<JsonNode> sent = new ArrayList<>();
        Set<String> heardOf = new HashSet<>();
        BigDecimal balance = BigDecimal.ZERO;
        BigDecimal pending = BigDecimal.ZERO;
        for (JsonNode event : json.path("events")) {
            switch (event.path("type").asText()) {
                case "check" -> checks.add(event.path("status").asText());
                case "attempt" -> sent.add(event);
                case "delivery_status" -> heardOf.add(event.path("attempt_id").asText());
                case "balance_update" -> {
                    BigDecimal amount = new BigDecimal(event.path("amount").asText());
                    balance = balance.add(amount);
                    if (event.path("balance_update_type").asText().endsWith("_pending")) {
                        pending = pending.add(amount);
                    }
                }
                default -> {}
            }
        }
        List<Attempt> attempts = sent.stream()
                .map(attempt -> new Attempt(
                        Instant.parse(attempt.path("created_at").asText()),
                        attempt.path("status").asText(),
                        heardOf.contains(attempt.path("id").asText()),
                        code(attempt.path("content").asText())))
                .toList();
        return new Story(
                Instant.parse(json.path("created_at").asText()),
                List.copyOf(checks),
                attempts,
                balance,
                pending.signum() != 0);
    }

    long count(String result) {
        return checks.stream().filter(result::equals).count();
    }

    boolean isValidated() {
        return checks.contains("valid");
    }

    /** The codes that can be read, one for each message whose window is open. */
    List<String> codes() {
        return attempts.stream()
                .map(Attempt::code)
                .filter(code -> !code.isEmpty())
                .toList();
    }

    private static String code(String content) {
        Matcher matcher = CODE.matcher(content);
        return matcher.find() ? matcher.group() : "";
    }
}
