// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.JsonTree;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Whatever a value is, it stays one value. */
class EscapeTest {

    @Property
    void inJson(@ForAll @StringLength(max = 20) String value) {
        String body = fill("{\"a\":\"{{text}}\",\"b\":1}", Escape.JSON, value);
        assertThat(JsonTree.read(body).path("a").asText()).isEqualTo(value);
        assertThat(JsonTree.read(body)).hasSize(2);
    }

    @Property
    void inForms(@ForAll @Chars({'&', '=', '%', '+', ' ', 'a', '€', '\n'}) String value) {
        assertThat(FormData.decode(fill("a={{text}}&b=1", Escape.FORM, value)))
                .contains(Map.of("a", List.of(value), "b", List.of("1")));
    }

    @Property
    void inUrls(@ForAll @Chars({'/', '?', '#', '&', '=', '%', '+', ' ', '.', '~', '*', 'a', '€'}) String value) {
        URI url = URI.create(fill("https://a.example/x{{text}}/y?t={{text}}", Escape.URL, value));
        assertThat(url.getHost()).isEqualTo("a.example");
        assertThat(url.getPath()).isEqualTo("/x" + value + "/y");
        assertThat(url.getRawFragment()).isNull();
        assertThat(FormData.decode(url.getRawQuery())).contains(Map.of("t", List.of(value)));
    }

    @Property(tries = 200)
    void inXml(
            @ForAll @Chars({'<', '>', '&', '"', '\'', ']', ';', '#', '€'}) @CharRange(from = 'a', to = 'z')
                    String value)
            throws Exception {
        String body = fill("<r a=\"{{text}}\"><t>{{text}}</t></r>", Escape.XML, value);
        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(body.getBytes(UTF_8)))
                .getDocumentElement();
        assertThat(root.getAttribute("a")).isEqualTo(value);
        assertThat(root.getTextContent()).isEqualTo(value);
    }

    @Test
    void controlCharactersAreLeftOutWhereTheyCannotBe() {
        assertThat(fill("{{text}}", Escape.HEADER, "a\r\nX-Evil: b\u0000")).isEqualTo("aX-Evil: b");
        assertThat(fill("{{text}}", Escape.XML, "a\u0000\u0008b\n")).isEqualTo("ab\n");
        assertThat(fill("{{text}}", Escape.NONE, "a\nb")).isEqualTo("a\nb");
    }

    @Test
    void aValueIsNotReadAsATemplate() {
        assertThat(fill("{{text}}", Escape.NONE, "{{text}}")).isEqualTo("{{text}}");
        assertThat(fill("{\"a\":{\"b\":\"{{text}}\"}}", Escape.JSON, "x")).isEqualTo("{\"a\":{\"b\":\"x\"}}");
        assertThat(fill("{{ text }}}} }}", Escape.NONE, "x")).isEqualTo("x}} }}");
    }

    private static String fill(String template, Escape escape, String value) {
        return Template.parse(template, escape, Set.of("text")).fill(Map.of("text", value));
    }
}
