// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.directory.AccountView;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /lookup/{phone_number}}: what the number's range tells. What is not known is left out. {@code type=cnam} is taken and
 * changes nothing: no account has it.
 */
record LookupEndpoint(Door door) implements Endpoint {
    private static final HeaderName CUSTOMER_UUID = HeaderNames.create("customer-uuid");

    @Override
    public Answer answer(ApiRequest request) {
        AccountView caller = door.caller(request);
        List<String> customer = request.header(CUSTOMER_UUID);
        door.admit(caller, customer.size() == 1 ? Optional.of(customer.getFirst()) : Optional.empty());
        PhoneNumber number = door.phoneNumber(request.parameter());
        Optional<String> carrier = NumberingPlan.carrier(number);
        String region = number.regionCode();
        byte[] body = Json.object(json -> {
            json.writeStringField("phone_number", number.value());
            if (carrier.isPresent()) {
                json.writeStringField("carrier", carrier.get());
            }
            if (region != null) {
                json.writeStringField("country_code", region);
            }
            json.writeStringField("line_type", Names.of(number.lineType()));
        });
        return Answer.json(200, "ok", body);
    }
}
