// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Signatures;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads the part of the options that describes the request. */
final class RequestOptions {
    private static final Set<String> NUMBER = Set.of("to", "digits");
    private static final Set<String> CONTENT = Set.of("text", "code");
    /** Scheme, host and port are the operator's, never a variable's. */
    private static final Pattern FIXED_HOST = Pattern.compile("https?://[^/?#@{}]+[/?].*", Pattern.DOTALL);

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final String SECRET_PREFIX = "secret.";

    private final Options options;
    private final Map<String, String> secrets;
    private final Set<String> known;

    /** The methods that requests are made with. */
    private enum Method {
        GET,
        POST,
        PUT
    }

    private enum Format {
        JSON("application/json", Escape.JSON),
        FORM(FormData.CONTENT_TYPE, Escape.FORM),
        XML("application/xml; charset=utf-8", Escape.XML),
        TEXT("text/plain; charset=utf-8", Escape.NONE);

        private final String contentType;
        private final Escape escape;

        Format(String contentType, Escape escape) {
            this.contentType = contentType;
            this.escape = escape;
        }
    }

    private RequestOptions(Options options) {
        this.options = options;
        secrets = secrets(options.section("secrets"));
        known = new HashSet<>(RequestTemplate.samples().keySet());
        known.addAll(secrets.keySet());
    }

    static RequestTemplate read(Options options) {
        return new RequestOptions(options).read();
    }

    private RequestTemplate read() {
        Method method = method();
        Template url = url();
        Map<String, Template> headers = headers();
        Format format = options.choice("format", Format.class, Format.JSON);
        Map<String, Template> form = fields(options.section("form"), Escape.NONE);
        Optional<Template> body = options.optionalText("body").map(text -> template("body", text, format.escape));
        if (body.isPresent() && !form.isEmpty()) {
            throw options.wrong("form", "and body cannot both be set");
        }
        Optional<String> type = options.optionalText("content_type");
        Optional<String> contentType = form.isEmpty()
                ? body.map(_ -> type.orElse(format.contentType))
                : Optional.of(type.orElse(FormData.CONTENT_TYPE));
        RequestTemplate request = new RequestTemplate(method.name(), url, headers, contentType, body, form, secrets);
        check(request, format);
        return request;
    }

    private Method method() {
        String text = options.text("method", "POST");
        return Stream.of(Method.values())
                .filter(method -> method.name().equals(text))
                .findFirst()
                .orElseThrow(() -> options.wrong("method", "must be GET, POST or PUT"));
    }

    private Template url() {
        Template url = template("url", options.text("url"), Escape.URL);
        String fixed = url.hasVariables() ? url.start() : url.start() + "/";
        if (!FIXED_HOST.matcher(fixed).matches()) {
            throw options.wrong(
                    "url", "must be an http or https URL with a host, without credentials and variables in it");
        }
        return url;
    }

    private Map<String, Template> headers() {
        Map<String, Template> headers = new LinkedHashMap<>(fields(options.section("headers"), Escape.HEADER));
        for (String name : headers.keySet()) {
            if (!HEADER_NAME.matcher(name).matches()) {
                throw options.wrong("headers." + name, "is not the name of a header");
            }
        }
        Options basic = options.section("basic");
        if (options.names().contains("basic")) {
            String credentials = Signatures.basic(basic.text("user"), basic.secret("password"));
            // Read as a template since all headers are; base64 has no braces.
            headers.put("Authorization", template("basic", credentials, Escape.HEADER));
        }
        basic.refuseUnknown();
        return headers;
    }

    private Map<String, Template> fields(Options section, Escape escape) {
        Map<String, Template> fields = new TreeMap<>();
        for (String name : section.names()) {
            String text = section.text(name);
            try {
                fields.put(name, Template.parse(text, escape, known));
            } catch (IllegalArgumentException e) {
                throw section.wrong(name, String.valueOf(e.getMessage()));
            }
        }
        return fields;
    }

    private Template template(String name, String text, Escape escape) {
        try {
            return Template.parse(text, escape, known);
        } catch (IllegalArgumentException e) {
            throw options.wrong(name, String.valueOf(e.getMessage()));
        }
    }

    /** A secret is given as it is everywhere: by itself, or as NAME_env with the name of a variable. */
    private static Map<String, String> secrets(Options section) {
        Map<String, String> secrets = new HashMap<>();
        for (String given : section.names()) {
            String name = given.endsWith("_env") ? given.substring(0, given.length() - "_env".length()) : given;
            Secret secret = section.secret(name);
            secrets.put(SECRET_PREFIX + name, secret.value());
        }
        return secrets;
    }

    /** Tries it with values that have in them whatever could break out. */
    private void check(RequestTemplate request, Format format) {
        List<Template> all = Stream.of(
                        Stream.of(request.url()),
                        request.headers().values().stream(),
                        request.body().stream(),
                        request.form().values().stream())
                .flatMap(templates -> templates)
                .toList();
        if (all.stream().noneMatch(template -> template.uses(NUMBER))) {
            throw options.wrong(
                    "body", "must say who it is for, by {{to}} or {{digits}} in url, body, form or headers");
        }
        if (all.stream().noneMatch(template -> template.uses(CONTENT))) {
            throw options.wrong("body", "must say something, by {{text}} or {{code}} in url, body, form or headers");
        }
        HttpCall call;
        try {
            call = request.fill(RequestTemplate.samples());
        } catch (IllegalArgumentException e) {
            throw options.wrong("url", "is not a URL once its variables are filled in");
        }
        if (call.url().getHost() == null) {
            throw options.wrong("url", "has no host that can be read");
        }
        if (request.body().isPresent() && !isWellFormed(call.body(), format)) {
            throw options.wrong(
                    "body", "is not well-formed once its variables are filled in; are all texts in quotes?");
        }
    }

    private static boolean isWellFormed(String body, Format format) {
        return switch (format) {
            case JSON -> !JsonTree.read(body).isMissingNode();
            case XML -> isXml(body);
            case FORM -> FormData.decode(body).isPresent();
            case TEXT -> true;
        };
    }

    private static boolean isXml(String body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null); // it would print
            builder.parse(new InputSource(new StringReader(body)));
            return true;
        } catch (SAXException | IOException e) {
            return false;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("a parser without document types is part of the JDK", e);
        }
    }
}
