// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.carillon.server.api.Answer;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document and the page made from it. Nothing is read before somebody asks, so that the server starts fast. */
final class Documents {
    private static final String RESOURCE = "openapi.yaml";

    /** The page runs nothing and loads nothing. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private volatile @Nullable Answer page;

    /** The document as it stands in the resources, in YAML. */
    byte[] openApi() {
        try (InputStream in = Documents.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page in HTML. */
    Answer page() {
        Answer made = page;
        if (made == null) {
            made = Answer.document("text/html; charset=utf-8", render())
                    .with(HeaderNames.create("Content-Security-Policy"), POLICY)
                    .with(HeaderNames.create("X-Content-Type-Options"), "nosniff");
            page = made;
        }
        return made;
    }

    private byte[] render() {
        try {
            JsonNode document = new YAMLMapper().readTree(openApi());
            return new DocsPage(document).html().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
