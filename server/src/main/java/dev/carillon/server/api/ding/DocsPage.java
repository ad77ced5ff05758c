// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HtmlEncoder;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Makes one self-contained HTML page of the OpenAPI document. Each error code is an anchor, which {@code doc_url} leads to. */
final class DocsPage {
    private static final ObjectWriter PRETTY = new JsonMapper().writerWithDefaultPrettyPrinter();
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1b1f24;--soft:#59636e;--line:#d8dee4;--bg:#fff;--box:#f6f8fa;--get:#0b6e4f;--post:#8a4b08}
            @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--line:#343b44;--bg:#0f1419;--box:#171d24;--get:#4ac294;--post:#e0a458}}
            *{box-sizing:border-box}body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--bg)}
            main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 6rem}h1{font-size:1.9rem;margin:0 0 .5rem}
            h2{margin:3rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:1.35rem}h3{margin:1.5rem 0 .4rem;font-size:1rem}
            nav{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;margin:1.5rem 0;font-size:.95rem}a{color:inherit}
            p{margin:.5rem 0}.soft{color:var(--soft)}code,pre{font:.875rem/1.5 ui-monospace,monospace}
            .path{font-size:1.05rem;font-weight:600}.verb{display:inline-block;min-width:3.4rem;font-weight:700}
            .GET{color:var(--get)}.POST{color:var(--post)}
            pre{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;overflow-x:auto;margin:.4rem 0}
            table{border-collapse:collapse;width:100%;font-size:.925rem}th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--line)}
            th{color:var(--soft);font-weight:600}td:first-child{white-space:nowrap}tr:target td{background:var(--box)}
            @media(max-width:40rem){td:first-child{white-space:normal;overflow-wrap:anywhere}}
            """;

    private final JsonNode document;
    private final StringBuilder html = new StringBuilder(32 * 1024);

    DocsPage(JsonNode document) {
        this.document = document;
    }

    String html() {
        JsonNode info = document.path("info");
        add("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        add("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
        text(info.path("title").asText());
        add("</title><style>" + STYLE + "</style></head><body><main><h1>");
        text(info.path("title").asText());
        add("</h1>");
        paragraph(info.path("description").asText());
        add(
                "<p>Send your API key in the header <code>x-api-key</code> and JSON in UTF-8. The machine-readable form of this page is ");
        add("<a href=\"openapi.yaml\">openapi.yaml</a>. A star marks what is always there or must be.</p>");
        contents();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue());
            }
        }
        errors();
        add("</main></body></html>");
        return html.toString();
    }

    private void contents() {
        add("<nav>");
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                add("<a href=\"#op-")
                        .add(operation.path("operationId").asText())
                        .add("\">");
                text(operation.path("summary").asText());
                add("</a>");
            }
        }
        add("<a href=\"#errors\">Error codes</a></nav>");
    }

    private void operation(String verb, String path, JsonNode operation) {
        add("<h2 id=\"op-").add(operation.path("operationId").asText()).add("\">");
        text(operation.path("summary").asText());
        add("</h2><p class=\"path\"><span class=\"verb ")
                .add(verb)
                .add("\">")
                .add(verb)
                .add("</span> <code>/v1");
        text(path);
        add("</code></p>");
        paragraph(operation.path("description").asText());
        parameters(operation.path("parameters"));
        JsonNode body = operation.path("requestBody").path("content").path("application/json");
        if (!body.isMissingNode()) {
            add("<h3>Request</h3>");
            properties(resolve(body.path("schema")));
            example(body.path("example"));
        }
        answers(operation.path("responses"));
    }

    private void parameters(JsonNode parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        add("<h3>Parameters</h3><table><tr><th>Name</th><th>In</th><th>Meaning</th></tr>");
        for (JsonNode given : parameters) {
            JsonNode parameter = resolve(given);
            add("<tr><td><code>");
            text(parameter.path("name").asText());
            add("</code>")
                    .add(parameter.path("required").asBoolean() ? " *" : "")
                    .add("</td><td>");
            text(parameter.path("in").asText());
            add("</td><td>");
            text(parameter.path("description").asText());
            add("</td></tr>");
        }
        add("</table>");
    }

    private void answers(JsonNode answers) {
        JsonNode good = answers.path("200");
        add("<h3>Answer</h3>");
        paragraph(good.path("description").asText());
        JsonNode body = good.path("content").path("application/json");
        if (!body.isMissingNode()) {
            JsonNode schema = resolve(body.path("schema"));
            properties(schema);
            kinds(schema);
            example(body.path("example"));
        }
        if (answers.size() > 1) {
            add("<h3>Other answers</h3><table><tr><th>Status</th><th>Meaning</th></tr>");
            for (Map.Entry<String, JsonNode> answer : answers.properties()) {
                other(answer.getKey(), resolve(answer.getValue()));
            }
            add("</table>");
        }
    }

    private void other(String status, JsonNode answer) {
        if (!status.equals("200")) {
            add("<tr><td>").add(status).add("</td><td>");
            text(answer.path("description").asText());
            add("</td></tr>");
        }
    }

    /** The kinds of thing that a list in an answer is made of. */
    private void kinds(JsonNode schema) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            for (JsonNode given : property.getValue().path("items").path("oneOf")) {
                JsonNode kind = resolve(given);
                add("<h3>In <code>").add(property.getKey()).add("</code>: <code>");
                text(kind.path("properties").path("type").path("const").asText());
                add("</code></h3>");
                paragraph(kind.path("description").asText());
                properties(kind);
            }
        }
    }

    private void properties(JsonNode schema) {
        add("<table><tr><th>Field</th><th>Type</th><th>Meaning</th></tr>");
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean required = false;
            for (JsonNode name : schema.path("required")) {
                required |= name.asText().equals(property.getKey());
            }
            JsonNode type = resolve(property.getValue());
            add("<tr><td><code>")
                    .add(property.getKey())
                    .add("</code>")
                    .add(required ? " *" : "")
                    .add("</td><td>");
            text(type.path("format").asText(type.path("type").asText("string")));
            add("</td><td>");
            text(property.getValue()
                    .path("description")
                    .asText(type.path("description").asText()));
            words(type);
            add("</td></tr>");
        }
        add("</table>");
    }

    private void words(JsonNode type) {
        JsonNode meanings = type.path("x-enum-descriptions");
        for (JsonNode word : type.path("enum")) {
            add(meanings.isMissingNode() ? " <code>" : "<div><code>");
            text(word.asText());
            add("</code> ");
            text(meanings.path(word.asText()).asText());
            add(meanings.isMissingNode() ? "" : "</div>");
        }
    }

    private void errors() {
        add("<h2 id=\"errors\">Error codes</h2>");
        paragraph(
                "With status 400 unless the meaning says otherwise. A missing or wrong API key is status 403 with no code.");
        add("<table><tr><th>Code</th><th>When</th></tr>");
        JsonNode schemas = document.path("components").path("schemas");
        codes(schemas.path("ErrorCode"));
        codes(schemas.path("SpendingLimitResponse").path("properties").path("code"));
        add("</table>");
    }

    private void codes(JsonNode schema) {
        for (JsonNode code : schema.path("enum")) {
            String name = code.asText();
            add("<tr id=\"")
                    .add(name)
                    .add("\"><td><a href=\"#")
                    .add(name)
                    .add("\"><code>")
                    .add(name)
                    .add("</code></a></td><td>");
            text(schema.path("x-enum-descriptions").path(name).asText());
            add("</td></tr>");
        }
    }

    private void example(JsonNode example) {
        try {
            add("<pre>");
            text(PRETTY.writeValueAsString(example));
            add("</pre>");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void paragraph(String text) {
        if (!text.isEmpty()) {
            add("<p>");
            text(text);
            add("</p>");
        }
    }

    /** The thing itself, or what its {@code $ref} leads to. */
    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private DocsPage add(String markup) {
        html.append(markup);
        return this;
    }

    private void text(String text) {
        html.append(HtmlEncoder.encode(text));
    }
}
