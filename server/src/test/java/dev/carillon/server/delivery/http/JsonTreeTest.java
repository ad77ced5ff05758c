// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

    @Test
    void textIsFoundWhateverItWasWrittenAs() {
        JsonNode root = JsonTree.read("{\"s\":\"é\",\"n\":21211,\"d\":0.00750,\"b\":true,\"a\":[{\"x/y\":\"z\"}],"
                + "\"null\":null,\"blank\":\" \",\"o\":{}}");

        assertThat(JsonTree.text(root, "/s")).contains("é");
        assertThat(JsonTree.text(root, "/n")).contains("21211");
        assertThat(JsonTree.text(root, "/d")).contains("0.00750");
        assertThat(JsonTree.text(root, "/b")).contains("true");
        assertThat(JsonTree.text(root, "/a/0/x~1y")).contains("z");
        for (String nothing : new String[] {"/null", "/blank", "/o", "/a", "/a/1", "/s/x", "/none", ""}) {
            assertThat(JsonTree.text(root, nothing)).as(nothing).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}{}", "<html>", "{\"a\":1e}", "{\"a\":1e9999999990}", "nul"})
    void whatIsNoJsonIsMissing(String text) {
        assertThat(JsonTree.read(text).isMissingNode()).isTrue();
        assertThat(JsonTree.read(text.getBytes(UTF_8)).isMissingNode()).isTrue();
    }

    @Test
    void depthAndNumbersAreBounded() {
        assertThat(JsonTree.read("[".repeat(65) + "]".repeat(65)).isMissingNode())
                .isTrue();
        assertThat(JsonTree.read("[" + "9".repeat(65) + "]").isMissingNode()).isTrue();
    }

    @Test
    void whatIsWrittenIsRead() {
        String text = JsonTree.write(JsonTree.object().put("t", "\"\u0000é"));
        assertThat(JsonTree.text(JsonTree.read(text), "/t")).contains("\"\u0000é");
    }
}
