// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    @Test
    void fieldsOfTheRightTypeAreRead() {
        JsonBody body = parse("{\"text\":\"é 😀 \\u00e9\",\"yes\":true,\"no\":false,\"null\":null}");

        assertThat(body.string("text")).contains("é 😀 é");
        assertThat(body.bool("yes")).contains(true);
        assertThat(body.bool("no")).contains(false);
        assertThat(body.string("null")).isEmpty();
        assertThat(body.string("absent")).isEmpty();
    }

    @Test
    void whatNobodyAsksForIsIgnored() {
        JsonBody body =
                parse("{\"x\":{\"a\":[1,{\"b\":2}]},\"n\":" + "9".repeat(50_000) + ",\"e\":1e999999999,\"t\":\"y\"}");

        assertThat(body.string("t")).contains("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "{}", "[]", "[\"a\"]"})
    void aWrongTypeIsNamed(String value) {
        assertThatThrownBy(() -> parse("{\"phone_number\":" + value + "}").string("phone_number"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("phone_number must be a string");
    }

    @Test
    void aStringIsNoBoolean() {
        assertThatThrownBy(() -> parse("{\"is_returning_user\":\"true\"}").bool("is_returning_user"))
                .hasMessage("is_returning_user must be true or false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":null,\"a\":\"x\"}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"x\":[{\"a\":1,\"\\u0061\":2}]}"
            })
    void duplicateNamesAreRefusedAtEveryDepth(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("the body has the same name twice in one object (line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":\"b}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":+1}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "// c\n{}",
                "{\"a\":\"\\ud8\"}",
                "nonsense"
            })
    void whatIsNotJsonIsRefused(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1", "null", "true", "[{\"a\":1}]"})
    void onlyAnObjectWillDo(String json) {
        assertThatThrownBy(() -> parse(json)).hasMessage("the body must be a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}{}", "{} x", "{}]", "{},"})
    void nothingMayFollow(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void spaceMayFollow() {
        assertThat(parse(" \t\r\n{\"a\":\"b\"} \n").string("a")).contains("b");
    }

    @ParameterizedTest
    @CsvSource({
        "7b2261223a22c328227d, broken continuation",
        "7b2261223a22c0af227d, overlong",
        "7b2261223a22eda080227d, surrogate",
        "7b2261223a22f4908080227d, above U+10FFFF",
        "7b2261223a22ff227d, never a byte of UTF-8",
        "7b2261223a22e282227d, cut short"
    })
    void malformedUtf8IsRefused(String hex, String why) {
        assertThatThrownBy(() -> JsonBody.parse(HexFormat.of().parseHex(hex)))
                .as(why)
                .hasMessage("the body is not valid UTF-8");
    }

    @Test
    void otherEncodingsAndByteOrderMarksAreRefused() {
        String message = "the body must be UTF-8 without a byte order mark";
        assertThatThrownBy(() -> JsonBody.parse("{}".getBytes(UTF_16BE))).hasMessage(message);
        assertThatThrownBy(() -> JsonBody.parse("{}".getBytes(UTF_16LE))).hasMessage(message);
        assertThatThrownBy(() -> JsonBody.parse("\uFEFF{}".getBytes(UTF_16BE))).hasMessage(message);
        assertThatThrownBy(() -> JsonBody.parse("\uFEFF{}".getBytes(UTF_16LE))).hasMessage(message);
        assertThatThrownBy(() -> JsonBody.parse("\uFEFF{}".getBytes(UTF_8))).hasMessage(message);
        assertThatThrownBy(() -> JsonBody.parse(HexFormat.of().parseHex("0000007b0000007d")))
                .hasMessage(message);
    }

    @Test
    void depthIsBounded() {
        String deepest = "{\"a\":" + "[".repeat(Json.MAX_DEPTH - 1) + "]".repeat(Json.MAX_DEPTH - 1) + "}";
        assertThat(parse(deepest)).isNotNull();
        assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(30_000)))
                .hasMessage("the body is nested deeper than 16 levels");
        assertThatThrownBy(() -> parse("{\"a\":".repeat(10_000)))
                .hasMessage("the body is nested deeper than 16 levels");
    }

    @Test
    void nothingThatWasSentIsQuoted() {
        assertThatThrownBy(() -> parse("{\"phone\":secret}")).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> parse("{\"secret\":1,\"secret\":1}")).hasMessageNotContaining("secret");
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertThatThrownBy(() -> JsonBody.parse(new byte[0])).hasMessage("the body is empty; it must be a JSON object");
    }

    private static JsonBody parse(String json) {
        return JsonBody.parse(json.getBytes(UTF_8));
    }
}
