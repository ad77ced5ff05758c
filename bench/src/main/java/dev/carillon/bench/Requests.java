// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The bytes of the requests that make a pair. */
final class Requests {
    private final String apiHead;
    private final String customer;

    Requests(LoadPlan plan) {
        apiHead = " HTTP/1.1\r\nHost: " + plan.api().host() + "\r\nx-api-key: " + plan.apiKey()
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
        customer = "{\"customer_uuid\":\"" + plan.customerUuid() + "\",";
    }

    ByteBuffer create(String phone) {
        return post("/v1/authentication", customer + "\"phone_number\":\"" + phone + "\"}");
    }

    ByteBuffer check(String authentication, String code) {
        return post(
                "/v1/check",
                customer + "\"authentication_uuid\":\"" + authentication + "\",\"check_code\":\"" + code + "\"}");
    }

    /** The body is ASCII, so its length in characters is its length in bytes. */
    private ByteBuffer post(String path, String body) {
        return bytes("POST " + path + apiHead + body.length() + "\r\n\r\n" + body);
    }

    private static ByteBuffer bytes(String request) {
        return ByteBuffer.wrap(request.getBytes(UTF_8));
    }
}
