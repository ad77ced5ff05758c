// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.generic.Escape;
import dev.carillon.server.delivery.generic.Template;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.Signatures;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request by its description: <code>{{to}}</code> is the number in E.164, <code>{{digits}}</code> the same without its plus,
 * <code>{{secret.NAME}}</code> a secret.
 */
record HttpQuestion(
        String method,
        Template url,
        Map<String, Template> headers,
        Optional<Template> body,
        Map<String, String> secrets) {
    private static final Set<String> NUMBER = Set.of("to", "digits");
    private static final PhoneNumber SAMPLE = new PhoneNumber("+33612345678", "FR", LineType.MOBILE);
    /** Scheme, host and port are the operator's, never a variable's. */
    private static final Pattern FIXED_HOST = Pattern.compile("https?://[^/?#@{}]+[/?].*", Pattern.DOTALL);

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** @throws IllegalArgumentException naming the option that is missing, unknown or wrong */
    static HttpQuestion read(Options options) {
        Map<String, String> secrets = secrets(options.section("secrets"));
        Set<String> known = new HashSet<>(NUMBER);
        known.addAll(secrets.keySet());
        Optional<Template> body =
                options.optionalText("body").map(text -> template(options, "body", text, Escape.JSON, known));
        String method = options.text("method", body.isPresent() ? "POST" : "GET");
        if (!method.equals("GET") && !method.equals("POST")) {
            throw options.wrong("method", "must be GET or POST");
        }
        if (method.equals("GET") && body.isPresent()) {
            throw options.wrong("body", "cannot go with GET");
        }
        Template url = template(options, "url", options.text("url"), Escape.URL, known);
        if (!FIXED_HOST
                .matcher(url.hasVariables() ? url.start() : url.start() + "/")
                .matches()) {
            throw options.wrong(
                    "url", "must be an http or https URL with a host, without credentials and variables in it");
        }
        HttpQuestion question = new HttpQuestion(method, url, headers(options, known), body, secrets);
        options.refuseUnknown();
        question.check(options);
        return question;
    }

    private static Map<String, Template> headers(Options options, Set<String> known) {
        Map<String, Template> headers = new LinkedHashMap<>();
        Options section = options.section("headers");
        for (String name : section.names()) {
            if (!HEADER_NAME.matcher(name).matches()) {
                throw section.wrong(name, "is not the name of a header");
            }
            headers.put(name, template(section, name, section.text(name), Escape.HEADER, known));
        }
        if (options.names().contains("basic")) {
            Options basic = options.section("basic");
            String credentials = Signatures.basic(basic.text("user"), basic.secret("password"));
            basic.refuseUnknown();
            // Read as a template since all headers are; base64 has no braces.
            headers.put("Authorization", template(options, "basic", credentials, Escape.HEADER, known));
        }
        return headers;
    }

    private static Map<String, String> secrets(Options section) {
        Map<String, String> secrets = new HashMap<>();
        for (String given : section.names()) {
            String name = given.endsWith("_env") ? given.substring(0, given.length() - "_env".length()) : given;
            secrets.put("secret." + name, section.secret(name).value());
        }
        return secrets;
    }

    private static Template template(Options options, String name, String text, Escape escape, Set<String> known) {
        try {
            return Template.parse(text, escape, known);
        } catch (IllegalArgumentException e) {
            throw options.wrong(name, String.valueOf(e.getMessage()));
        }
    }

    private void check(Options options) {
        List<Template> all = new ArrayList<>(headers.values());
        all.add(url);
        body.ifPresent(all::add);
        if (all.stream().noneMatch(template -> template.uses(NUMBER))) {
            throw options.wrong("url", "must name the number, by {{to}} or {{digits}} in url, body or headers");
        }
        try {
            if (about(SAMPLE).url().getHost() != null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw options.wrong("url", "is not a URL once its variables are filled in");
        }
        throw options.wrong("url", "has no host that can be read");
    }

    HttpCall about(PhoneNumber number) {
        Map<String, String> values = new HashMap<>(secrets);
        values.put("to", number.value());
        values.put("digits", number.value().substring(1));
        Map<String, String> filled = new LinkedHashMap<>();
        if (body.isPresent()) {
            filled.put("Content-Type", "application/json");
        }
        headers.forEach((name, template) -> filled.put(name, template.fill(values)));
        return new HttpCall(
                method,
                URI.create(url.fill(values)),
                filled,
                body.map(template -> template.fill(values)).orElse(""));
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "HttpQuestion[" + method + "]";
    }
}
