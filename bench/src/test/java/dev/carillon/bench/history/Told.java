// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A history made by hand: each exchange takes a second and begins when the one before is over, unless told otherwise. */
final class Told {
    static final String PHONE = "+33612345678";
    static final String RIGHT = "123456";
    private static final String WINDOW = "2026-11-22T09:%02d:00.000000Z";

    private final List<Exchange> exchanges = new ArrayList<>();
    private long now;
    private long length = 1;

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** The next exchange begins together with the one before. */
    Told meanwhile() {
        now = exchanges.getLast().from();
        return this;
    }

    /** The next exchange takes so long. */
    Told lasting(long seconds) {
        length = seconds;
        return this;
    }

    Told created(String id, int minute) {
        return created(id, minute, "");
    }

    Told created(String id, int minute, String key) {
        String body =
                "{\"authentication_uuid\":\"%s\",\"status\":\"pending\",\"created_at\":\"%s\",\"expires_at\":\"%s\"}"
                        .formatted(id, WINDOW.formatted(minute), WINDOW.formatted(minute + 10));
        return add(Operation.CREATE, PHONE, "", "", key, 200, body);
    }

    Told create(int http) {
        return add(Operation.CREATE, PHONE, "", "", "", http, "");
    }

    Told checked(String id, String code, String status) {
        return add(Operation.CHECK, "", id, code, "", 200, "{\"status\":\"" + status + "\"}");
    }

    Told check(String id, String code, int http) {
        return add(Operation.CHECK, "", id, code, "", http, "");
    }

    Told retried(String id, int minute) {
        String body = "{\"status\":\"approved\",\"created_at\":\"%s\"}".formatted(WINDOW.formatted(minute));
        return add(Operation.RETRY, "", id, "", "", 200, body);
    }

    Told status(String id, int http) {
        return add(Operation.STATUS, "", id, "", "", http, "");
    }

    /** A story of one delivered message and these checks. */
    Told story(String id, int minute, String... checks) {
        return story(id, minute, true, List.of(minute), checks);
    }

    Told story(String id, int minute, boolean heardOf, List<Integer> attempts, String... checks) {
        List<String> events = new ArrayList<>();
        for (int attempt : attempts) {
            events.add(
                    "{\"type\":\"attempt\",\"id\":\"m%d\",\"content\":\"Your code is %s\",\"status\":\"pending\",\"created_at\":\"%s\"}"
                            .formatted(attempt, RIGHT, WINDOW.formatted(attempt)));
            if (heardOf) {
                events.add("{\"type\":\"delivery_status\",\"status\":\"delivered\",\"attempt_id\":\"m%d\"}"
                        .formatted(attempt));
            }
        }
        for (String check : checks) {
            events.add("{\"type\":\"check\",\"status\":\"" + check.toLowerCase(Locale.ROOT) + "\"}");
        }
        String body = "{\"uuid\":\"%s\",\"phone_number\":\"%s\",\"created_at\":\"%s\",\"events\":[%s]}"
                .formatted(id, PHONE, WINDOW.formatted(minute), String.join(",", events));
        return add(Operation.STATUS, "", id, "", "", 200, body);
    }

    private Told add(Operation operation, String number, String id, String input, String key, int http, String body) {
        long to = now + length;
        exchanges.add(new Exchange(now, to, "node", operation, number, id, input, key, http, body));
        now = to + 1;
        length = 1;
        return this;
    }
}
