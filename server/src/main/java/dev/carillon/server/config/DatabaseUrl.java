// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where PostgreSQL is. The user and the password are kept apart from the address, so that the address may be logged.
 *
 * @param jdbcUrl what pgjdbc takes, without user and password
 */
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<Secret> password) {
    private static final String JDBC = "jdbc:";
    private static final String FORM =
            "is not a PostgreSQL address, such as postgresql://USER:PASSWORD@HOST:5432/DATABASE";

    /**
     * Reads {@code postgresql://} and {@code postgres://} addresses as libpq writes them, and pgjdbc's own {@code
     * jdbc:postgresql://}; user and password before the host or as parameters {@code user} and {@code password}.
     *
     * @throws IllegalArgumentException with a message that does not repeat the text, since it may hold a password
     */
    public static DatabaseUrl parse(String text) {
        String address = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        if (!address.startsWith("postgresql://") && !address.startsWith("postgres://")) {
            throw new IllegalArgumentException(FORM);
        }
        // Not the authority: pgjdbc takes several hosts there (a,b:5433), which java.net.URI takes for a registry name.
        URI uri = toUri(address);
        String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        int at = authority.lastIndexOf('@');
        String[] credentials = authority.substring(0, Math.max(at, 0)).split(":", 2);
        Optional<String> user = present(decode(credentials[0]));
        Optional<String> password = credentials.length == 2 ? present(decode(credentials[1])) : Optional.empty();
        List<String> parameters = new ArrayList<>();
        for (String parameter :
                Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = present(decode(parameter.substring("user=".length())));
            } else if (parameter.startsWith("password=")) {
                password = present(decode(parameter.substring("password=".length())));
            } else if (!parameter.isEmpty()) {
                parameters.add(parameter);
            }
        }
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        if (path.length() < 2) {
            throw new IllegalArgumentException("names no database: " + FORM);
        }
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return new DatabaseUrl(
                "jdbc:postgresql://" + authority.substring(at + 1) + path + query, user, password.map(Secret::new));
    }

    private static URI toUri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    FORM + " (characters such as @ : / % # in a password are written as %40 …)");
        }
    }

    private static String decode(String text) {
        // URLDecoder reads a form: there, and only there, a plus is a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    @Override
    public String toString() {
        return jdbcUrl;
    }
}
