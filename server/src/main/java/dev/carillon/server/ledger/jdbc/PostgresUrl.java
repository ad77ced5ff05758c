// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a PostgreSQL server is and how to sign in, taken from a URL in either of the two usual forms:
 *
 * <pre>
 * postgresql://user:password@host:5432,other:5432/database?sslmode=verify-full
 * jdbc:postgresql://host:5432/database?user=user&amp;password=password&amp;sslmode=verify-full
 * </pre>
 *
 * The first is libpq's ("Connection URIs" in PostgreSQL's manual); the parameters that pgjdbc names differently are
 * renamed, all others are handed on. No text made from this record holds the password, nor does any exception.
 *
 * @param jdbcUrl for pgjdbc, without user and password
 * @param address hosts and database, for people
 */
public record PostgresUrl(String jdbcUrl, Optional<String> user, Optional<String> password, String address) {

    /** libpq's names of parameters, and pgjdbc's. */
    private static final Map<String, String> RENAMED = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "gssencmode", "gssEncMode");

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    /** Given when the URL says nothing else: time limits, so that a silent server cannot hold a thread for ever. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "ApplicationName", "carillon",
            "connectTimeout", "5",
            "socketTimeout", "30",
            "tcpKeepAlive", "true",
            "logServerErrorDetail", "false"); // details repeat the values of rows

    private static final Set<String> SCHEMES = Set.of("postgresql://", "postgres://");

    /** Reads a URL. @throws IllegalArgumentException when it is not one; the message goes after its name and does not repeat it */
    public static PostgresUrl parse(String text) {
        String url = text.strip();
        if (url.startsWith("jdbc:")) {
            url = url.substring("jdbc:".length());
        }
        String scheme = SCHEMES.stream()
                .filter(url::startsWith)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must begin with postgresql://"
                        + " (or jdbc:postgresql://); its parts are postgresql://user:password@host:port/database"));
        url = url.substring(scheme.length());

        int query = url.indexOf('?');
        Map<String, String> parameters = parameters(query < 0 ? "" : url.substring(query + 1));
        String place = query < 0 ? url : url.substring(0, query);

        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String database = slash < 0 ? "" : place.substring(slash + 1);

        // A password with an @ in it ought to be escaped; the last one is right either way.
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        if (at >= 0) {
            String login = authority.substring(0, at);
            int colon = login.indexOf(':');
            parameters.putIfAbsent("user", decode(colon < 0 ? login : login.substring(0, colon)));
            if (colon >= 0) {
                parameters.putIfAbsent("password", decode(login.substring(colon + 1)));
            }
        }
        if (parameters.containsKey("host") || hosts.contains("%2F") || hosts.contains("%2f")) {
            throw new IllegalArgumentException(
                    "must name its host before the path; sockets in the file system are not supported");
        }
        requirePorts(hosts);

        Optional<String> user = Optional.ofNullable(parameters.remove("user"));
        Optional<String> password = Optional.ofNullable(parameters.remove("password"));
        DEFAULTS.forEach(parameters::putIfAbsent);
        if (hosts.contains(",")) {
            parameters.putIfAbsent("targetServerType", "primary");
        }
        String host = hosts.isEmpty() ? "localhost" : hosts;
        String jdbcUrl = "jdbc:postgresql://" + host + "/" + database
                + parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
        return new PostgresUrl(jdbcUrl, user, password, host + "/" + decode(database));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("has a parameter without a value");
            }
            String name = decode(parameter.substring(0, equals));
            String value = decode(parameter.substring(equals + 1));
            if (name.equals("target_session_attrs")) {
                String type = SESSION_ATTRIBUTES.get(value);
                if (type == null) {
                    throw new IllegalArgumentException("has a target_session_attrs that is not one of "
                            + SESSION_ATTRIBUTES.keySet().stream().sorted().toList());
                }
                parameters.put("targetServerType", type);
            } else {
                parameters.put(RENAMED.getOrDefault(name, name), value);
            }
        }
        return parameters;
    }

    private static void requirePorts(String hosts) {
        for (String host : hosts.split(",", -1)) {
            String port = host.substring(host.lastIndexOf(']') + 1);
            int colon = port.indexOf(':');
            if (colon >= 0 && !port.substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        "has a port that is not a number (is a character of the password not escaped?)");
            }
        }
    }

    private static String decode(String text) {
        try {
            // Unlike in a form, a plus is a plus here.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a % that is not followed by two hex digits");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "PostgresUrl[" + address + user.map(name -> ", user " + name).orElse("") + "]";
    }
}
