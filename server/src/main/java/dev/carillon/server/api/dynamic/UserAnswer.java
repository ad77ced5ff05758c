// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.WireTime;
import dev.carillon.server.user.Tokens;
import dev.carillon.server.user.User;
import dev.carillon.server.user.VerifiedNumber;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** VerifyResponse and UpdateSelfResponse: a user with tokens. The names are in the mixture of cases that clients expect. */
final class UserAnswer {
    private UserAnswer() {}

    /** @param nextView what the client is to show; there for UpdateSelfResponse only */
    static byte[] write(Tokens.Session session, Tokens.Issued issued, Optional<String> nextView) {
        return Json.object(json -> {
            json.writeNumberField("expiresAt", issued.expiresAt().getEpochSecond());
            json.writeStringField("jwt", issued.full());
            json.writeStringField("minifiedJwt", issued.minified());
            if (nextView.isPresent()) {
                json.writeStringField("nextView", nextView.get());
            }
            json.writeObjectFieldStart("user");
            user(json, session);
            json.writeEndObject();
        });
    }

    private static void user(JsonGenerator json, Tokens.Session session) throws IOException {
        User user = session.user();
        json.writeStringField("id", user.id().toString());
        json.writeStringField("projectEnvironmentId", user.environment().toString());
        json.writeStringField("sessionId", session.id().toString());
        json.writeStringField("firstVisit", WireTime.of(user.firstVisit()));
        json.writeStringField("lastVisit", WireTime.of(user.lastVisit()));
        json.writeBooleanField("newUser", session.isNew());
        if (user.latest().isPresent()) {
            VerifiedNumber latest = user.latest().get();
            json.writeStringField("phoneNumber", latest.e164());
            json.writeStringField("lastVerifiedCredentialId", latest.id().toString());
        }
        json.writeArrayFieldStart("missingFields");
        json.writeEndArray();
        json.writeArrayFieldStart("verifiedCredentials");
        for (Map<String, Object> credential : session.credentials()) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : credential.entrySet()) {
                json.writeFieldName(field.getKey());
                if (field.getValue() instanceof Boolean flag) {
                    json.writeBoolean(flag);
                } else {
                    json.writeString(field.getValue().toString());
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** JwtVerifiedCredential of each number. */
    static List<Map<String, Object>> credentials(User user) {
        return user.numbers().stream().map(UserAnswer::credential).toList();
    }

    private static Map<String, Object> credential(VerifiedNumber verified) {
        PhoneFields phone =
                new PhoneFields(new PhoneNumber(verified.e164(), null, LineType.UNKNOWN), verified.region());
        Map<String, Object> credential = new LinkedHashMap<>();
        credential.put("id", verified.id().toString());
        credential.put("format", "phoneNumber");
        credential.put("public_identifier", verified.e164());
        credential.put("signInEnabled", true);
        credential.put("phoneNumber", phone.national());
        credential.put("phoneCountryCode", phone.countryCode());
        credential.put("isoCountryCode", phone.iso());
        credential.put("verifiedAt", WireTime.of(verified.verifiedAt()));
        return credential;
    }
}
