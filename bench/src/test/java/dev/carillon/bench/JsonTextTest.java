// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void findsStringMembersOnly() {
        String json = "[{\"text\":\"\\\"code\\\" 9\",\"other\":\"code\",\n \"code\" : \"123456\",\"n\":7,\"cut\":\"";
        assertThat(JsonText.member(json, "code")).isEqualTo("123456");
        assertThat(JsonText.member(json, "n")).isNull();
        assertThat(JsonText.member(json, "cut")).isNull();
        assertThat(JsonText.member("[]", "code")).isNull();
    }

    @Test
    void findsTheObjectsOfAnArray() {
        assertThat(JsonText.objects("[{\"id\":1}, {\"id\":2,\"to\":\"+1\"}]"))
                .containsExactly("{\"id\":1}", "{\"id\":2,\"to\":\"+1\"}");
        assertThat(JsonText.objects("[]")).isEmpty();
        assertThat(JsonText.objects("[{\"cut\":")).isEmpty();
    }

    @Test
    void findsWholeNumbers() {
        assertThat(JsonText.number("{\"id\":1234,\"to\":\"5\"}", "id")).isEqualTo(1234);
        assertThat(JsonText.number("{\"id\":\"5\"}", "id")).isZero();
        assertThat(JsonText.number("{\"id\":", "id")).isZero();
        assertThat(JsonText.number("{}", "id")).isZero();
    }
}
