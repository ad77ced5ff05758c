// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Our OpenAPI document as a judge of answers. */
final class OpenApiSchemas {
    static final JsonNode DOCUMENT = read();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private OpenApiSchemas() {}

    /** The documented operation of a request; empty when the document knows no such path or method. */
    static Optional<JsonNode> operation(String method, String path) {
        if (!path.startsWith("/v1/")) {
            return Optional.empty();
        }
        String below = path.substring("/v1".length());
        String template = DOCUMENT.path("paths").has(below) ? below : below.replaceFirst("/[^/]*$", "/");
        for (Map.Entry<String, JsonNode> entry : DOCUMENT.path("paths").properties()) {
            boolean same = entry.getKey().equals(template)
                    || (template.endsWith("/") && entry.getKey().matches(template + "\\{.*\\}"));
            if (same) {
                JsonNode operation = entry.getValue().path(method.toLowerCase(Locale.ROOT));
                return operation.isMissingNode() ? Optional.empty() : Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    /** Fails unless the document has the answer's status for this operation and its schema accepts the body. */
    static void accept(HttpResponse<String> response, JsonNode body) {
        Optional<JsonNode> operation =
                operation(response.request().method(), response.request().uri().getRawPath());
        String status = Integer.toString(response.statusCode());
        JsonNode documented = operation
                .map(found -> resolve(found.path("responses").path(status)))
                // 404 and 405 are of no operation.
                .orElseGet(() -> DOCUMENT.at("/components/responses/Error"));
        JsonNode schema = documented.at("/content/application~1json/schema");
        assertThat(schema.isMissingNode())
                .as("status %s of %s", status, response.request())
                .isFalse();
        assertThat(valid(schema, body)).as("%s against %s", body, schema).isEmpty();
    }

    /** What a schema of the document says against a value. */
    static String valid(JsonNode schema, JsonNode value) {
        JsonSchema compiled = COMPILED.computeIfAbsent(schema.toString(), text -> compile(schema));
        StringBuilder complaints = new StringBuilder();
        compiled.validate(value)
                .forEach(complaint -> complaints.append(complaint.getMessage()).append('\n'));
        return complaints.toString();
    }

    static JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
    }

    private static JsonSchema compile(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", DOCUMENT.path("components"));
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return FACTORY.getSchema(whole, config);
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(new Documents().openApi());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
