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
}
