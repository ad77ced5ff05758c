// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.lookup.Lookup;
import dev.carillon.server.lookup.NumberFacts;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /lookup/{phone_number}}: what is known of the number. What is not known is left out. {@code type=cnam} asks for the
 * name that the number is listed under; where the account has not got it, it changes nothing.
 */
record LookupEndpoint(Door door, Lookup lookup) implements Endpoint {
    private static final HeaderName CUSTOMER_UUID = HeaderNames.create("customer-uuid");

    @Override
    public Answer answer(ApiRequest request) {
        AccountView caller = door.caller(request);
        List<String> customer = request.header(CUSTOMER_UUID);
        door.admit(caller, customer.size() == 1 ? Optional.of(customer.getFirst()) : Optional.empty());
        PhoneNumber number = door.phoneNumber(request.parameter());
        return Answer.json(200, "ok", body(lookup.of(caller, number, asksForName(request.rawQuery()))));
    }

    /** Repeated and in a list, as clients write arrays; what is not known is left alone. */
    private static boolean asksForName(String query) {
        if (!query.contains("cnam")) {
            return false; // as nearly every query is
        }
        return Arrays.stream(query.split("&", -1))
                .filter(field -> field.startsWith("type="))
                .flatMap(
                        field -> Arrays.stream(field.substring("type=".length()).split(",|%2C|%2c", -1)))
                .anyMatch("cnam"::equals);
    }

    private static byte[] body(NumberFacts facts) {
        return Json.object(json -> {
            json.writeStringField("phone_number", facts.number().value());
            if (facts.mcc().isPresent()) {
                json.writeStringField("mcc", facts.mcc().get());
            }
            if (facts.mnc().isPresent()) {
                json.writeStringField("mnc", facts.mnc().get());
            }
            if (facts.callerName().isPresent()) {
                json.writeStringField("caller_name", facts.callerName().get());
            }
            if (facts.carrier().isPresent()) {
                json.writeStringField("carrier", facts.carrier().get());
            }
            String region = facts.number().regionCode();
            if (region != null) {
                json.writeStringField("country_code", region);
            }
            if (facts.ported().isPresent()) {
                json.writeBooleanField("number_ported", facts.ported().get());
            }
            if (facts.temporary().isPresent()) {
                json.writeBooleanField(
                        "temporary_phone_number", facts.temporary().get());
            }
            json.writeStringField("line_type", Names.of(facts.lineType()));
        });
    }
}
