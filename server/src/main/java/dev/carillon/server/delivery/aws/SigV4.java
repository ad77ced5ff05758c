// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * AWS Signature Version 4 in a header, over method, query, all headers and body. The path must be {@code /}: AWS's messaging API has no
 * other, and so the rules on normalizing paths are left out. Source: AWS IAM User Guide, "Create a signed AWS API request".
 *
 * @param service the name that the service signs under, such as {@code sms-voice}
 */
record SigV4(AwsCredentials credentials, String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String TERMINATOR = "aws4_request";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;
    private static final Pattern SPACES = Pattern.compile(" +");

    /** The same request with the headers that prove who makes it, good for five minutes. */
    HttpCall sign(HttpCall call, Instant now) {
        String time = TIME.format(now);
        HttpCall dated = call.with("X-Amz-Date", time);
        HttpCall whole = credentials
                .sessionToken()
                .map(token -> dated.with("X-Amz-Security-Token", token.value()))
                .orElse(dated);
        SortedMap<String, String> headers = signedHeaders(whole);
        String names = String.join(";", headers.keySet());
        String scope = String.join("/", time.substring(0, DATE_LENGTH), region, service, TERMINATOR);
        String toSign = String.join("\n", ALGORITHM, time, scope, hash(canonical(whole, headers, names)));
        String signature = Signatures.hex(Hmac.SHA256.of(key(time.substring(0, DATE_LENGTH)), toSign.getBytes(UTF_8)));
        return whole.with(
                "Authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
    }

    private static SortedMap<String, String> signedHeaders(HttpCall call) {
        SortedMap<String, String> headers = new TreeMap<>();
        call.headers()
                .forEach((name, value) -> headers.put(
                        name.toLowerCase(Locale.ROOT),
                        SPACES.matcher(value.strip()).replaceAll(" ")));
        headers.put("host", call.url().getRawAuthority());
        return headers;
    }

    private static String canonical(HttpCall call, Map<String, String> headers, String names) {
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        return String.join("\n", call.method(), "/", query(call.url()), lines, names, hash(call.body()));
    }

    private static String query(URI url) {
        String query = url.getRawQuery();
        return query == null ? "" : Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
    }

    private byte[] key(String date) {
        byte[] key = ("AWS4" + credentials.secretAccessKey().value()).getBytes(UTF_8);
        for (String part : new String[] {date, region, service, TERMINATOR}) {
            key = Hmac.SHA256.of(key, part.getBytes(UTF_8));
        }
        return key;
    }

    private static String hash(String text) {
        return Signatures.hex(Signatures.sha256(text.getBytes(UTF_8)));
    }
}
