// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.Method;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final RouteTable table = new RouteTable(List.of(
            route(Method.POST, "/v1/check"),
            route(Method.GET, "/v1/things/{}"),
            route(Method.POST, "/sdk/{}/create"),
            route(Method.OPTIONS, "/sdk/{}/create"),
            route(Method.GET, "/sdk/{}/keys")));

    private static Route route(Method method, String path) {
        return new Route(method, path, path, request -> Answer.empty(204, "ok"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/check, /v1/check, ''",
        "GET, /v1/things/a, /v1/things/{}, a",
        "GET, /v1/things/%2F, /v1/things/{}, %2F",
        "POST, /sdk/a/create, /sdk/{}/create, a",
        "OPTIONS, /sdk/a/create, /sdk/{}/create, a",
        "GET, /sdk/create/keys, /sdk/{}/keys, create",
    })
    void aPathMayBeOpenInOneSegment(String method, String path, String route, String segment) {
        RouteTable.Match match = table.find(Method.create(method), path);
        assertThat(match.route()).isNotNull().extracting(Route::path).isEqualTo(route);
        assertThat(match.parameter()).isEqualTo(segment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/things/",
                "/v1/things",
                "/v1/things/a/",
                "/v1/things/a/b",
                "/v1/check/",
                "/sdk//create",
                "/sdk/create",
                "/sdk/a/b/create",
                "/sdk/a/create/",
                "/sdk/a/createkeys",
                "/sdk/a/CREATE",
                "/sdk/a%2Fcreate",
                "//sdk/a/create",
                "/"
            })
    void otherPathsAreNone(String path) {
        RouteTable.Match match = table.find(Method.GET, path);
        assertThat(match.route()).isNull();
        assertThat(match.allowed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/check, POST", "GET, /sdk/a/create, 'POST, OPTIONS'", "POST, /v1/things/a, GET"})
    void anotherMethodIsToldWhichThereAre(String method, String path, String allowed) {
        RouteTable.Match match = table.find(Method.create(method), path);
        assertThat(match.route()).isNull();
        assertThat(String.join(", ", match.allowed())).isEqualTo(allowed);
    }
}
