// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.server.api.JsonBody;
import java.util.Optional;

/** The fields of {@code POST /authentication} as they came: of the right type, and nothing else is known of them. */
record CreateFields(
        Optional<String> customerUuid,
        Optional<String> phoneNumber,
        Optional<String> ip,
        Optional<String> deviceId,
        Optional<String> deviceType,
        Optional<String> deviceModel,
        Optional<String> osVersion,
        Optional<String> appVersion,
        Optional<String> appRealm,
        Optional<Boolean> returningUser,
        Optional<String> senderId,
        Optional<String> callbackUrl,
        Optional<String> templateId,
        Optional<String> correlationId,
        Optional<String> locale) {

    /** Reads the fields; see {@link JsonBody} for what it throws. */
    static CreateFields of(JsonBody body) {
        return new CreateFields(
                body.string("customer_uuid"),
                body.string("phone_number"),
                body.string("ip"),
                body.string("device_id"),
                body.string("device_type"),
                body.string("device_model"),
                body.string("os_version"),
                body.string("app_version"),
                body.string("app_realm"),
                body.bool("is_returning_user"),
                body.string("sender_id"),
                body.string("callback_url"),
                body.string("template_id"),
                body.string("correlation_id"),
                body.string("locale"));
    }
}
