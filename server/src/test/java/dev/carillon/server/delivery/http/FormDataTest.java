// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormDataTest {

    @Test
    void formsAreWrittenInOrder() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", "+44 7400");
        fields.put("Body", "Größe = 5 & €");
        fields.put("Empty", "");

        assertThat(FormData.encode(fields)).isEqualTo("To=%2B44+7400&Body=Gr%C3%B6%C3%9Fe+%3D+5+%26+%E2%82%AC&Empty=");
    }

    @Test
    void formsAreReadAsProvidersWriteThem() {
        assertThat(FormData.decode("a=1&b=&c&a=%2b+x&&=v&Gr%C3%B6%C3%9Fe=é"))
                .contains(Map.of(
                        "a",
                        List.of("1", "+ x"),
                        "b",
                        List.of(""),
                        "c",
                        List.of(""),
                        "",
                        List.of("v"),
                        "Größe",
                        List.of("é")));
        assertThat(FormData.decode("")).contains(Map.of());
        assertThat(FormData.decode("ü=ü".getBytes(UTF_8))).contains(Map.of("ü", List.of("ü")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%2", "a=%zz", "%ff=1", "a=%C3", "a=%ED%A0%80"})
    void malformedEscapesAreNoForm(String form) {
        assertThat(FormData.decode(form)).isEmpty();
        assertThat(FormData.decode(form.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void bytesThatAreNotUtf8AreNoForm() {
        assertThat(FormData.decode(new byte[] {'a', '=', (byte) 0xFF})).isEmpty();
    }

    @Test
    void aNameGivenTwiceHasNoOnlyValue() {
        Map<String, List<String>> fields = FormData.decode("a=1&b=1&b=2").orElseThrow();
        assertThat(FormData.only(fields, "a")).contains("1");
        assertThat(FormData.only(fields, "b")).isEmpty();
        assertThat(FormData.only(fields, "c")).isEmpty();
    }

    @Property
    void whatIsWrittenIsRead(@ForAll @Chars({'a', '%', '+', '&', '=', ' ', 'é', '€', '\n', '\0'}) String text) {
        assertThat(FormData.decode(FormData.encode(Map.of("n" + text, text))))
                .contains(Map.of("n" + text, List.of(text)));
    }
}
