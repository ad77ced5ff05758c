// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static dev.carillon.server.app.DynamicCalls.PHONE;
import static dev.carillon.server.app.DynamicCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits by address through the whole server, with and without a proxy that is trusted. */
class DynamicLimitsTest {
    @TempDir
    Path folder;

    /** Statuses of six creates, of which each claims by these headers to come from elsewhere. */
    private List<Integer> statuses(Map<String, String> settings, String... headers) throws Exception {
        try (DynamicServer server = server(settings);
                DynamicCalls calls = new DynamicCalls(server)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                HttpRequest.Builder request = calls.request(server.environment, "/smsVerifications/create")
                        .POST(BodyPublishers.ofString("{" + PHONE.formatted("917") + "}"));
                for (String header : headers) {
                    String[] parts = header.formatted(i).split(": ", 2);
                    request.setHeader(parts[0], parts[1]);
                }
                HttpResponse<String> answer = calls.send(request);
                statuses.add(answer.statusCode());
                if (answer.statusCode() == 429) {
                    assertThat(json(answer))
                            .isEqualTo(json("{\"error\":\"Too many requests. Please try again later.\"}"));
                    assertThat(answer.headers().firstValue("retry-after").orElseThrow())
                            .matches("[1-9]|1[0-9]|20");
                }
            }
            return statuses;
        }
    }

    private DynamicServer server(Map<String, String> settings) {
        return new DynamicServer(folder, settings, call -> {
            throw new AssertionError("no captcha");
        });
    }

    @Test
    void withoutATrustedProxyNobodyHidesBehindHeaders() throws Exception {
        assertThat(statuses(
                        Map.of(),
                        "X-Forwarded-For: 198.51.100.%d",
                        "Forwarded: for=198.51.100.%d",
                        "X-Real-IP: 198.51.100.%d",
                        "True-Client-IP: 198.51.100.%d",
                        "CF-Connecting-IP: 198.51.100.%d"))
                .containsExactly(422, 422, 422, 429, 429, 429);
    }

    @Test
    void anotherProxysWordIsNotBelieved() throws Exception {
        assertThat(statuses(Map.of("trusted-proxies", "10.0.0.0/8"), "X-Forwarded-For: 198.51.100.%d, 10.0.0.1"))
                .containsExactly(422, 422, 422, 429, 429, 429);
    }

    @Test
    void whatTheClientWroteBeforeTheProxyCountsForNothing() throws Exception {
        assertThat(statuses(Map.of("trusted-proxies", "127.0.0.1,::1"), "X-Forwarded-For: 198.51.100.%d, 203.0.113.7"))
                .containsExactly(422, 422, 422, 429, 429, 429);
    }

    @Test
    void aPageThatMayNotCallUsesNothingUp() throws Exception {
        assertThat(statuses(
                        Map.of("trusted-proxies", "127.0.0.1,::1"),
                        "X-Forwarded-For: 203.0.113.7",
                        "Origin: https://evil%d.test"))
                .containsOnly(403);
    }

    @Test
    void clientsOfATrustedProxyAreToldApart() throws Exception {
        assertThat(statuses(Map.of("trusted-proxies", "127.0.0.1,::1"), "X-Forwarded-For: 203.0.113.%d"))
                .containsOnly(422);
    }
}
