// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.AppHash;
import dev.carillon.core.message.SenderId;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.api.Forms;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.DeviceType;
import dev.carillon.server.verify.Signals;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The forms of the fields of {@code POST /authentication}, in the order in which they are looked at. */
record CreateRules(DingErrors errors, Function<String, Optional<String>> callbackRule) {
    static final int MAX_DEVICE_ID = 256;
    static final int MAX_DEVICE_MODEL = 128;
    static final int MAX_VERSION = 64;
    static final int MAX_CORRELATION_ID = 256;
    static final int MAX_TEMPLATE_ID = 64;
    static final int MAX_LOCALE = 35;

    /** What the customer says of the user. */
    Signals signals(CreateFields fields) {
        check(fields.ip(), Forms::isIpAddress, ErrorCode.BAD_REQUEST, "ip must be an IPv4 or IPv6 address");
        text(fields.deviceId(), "device_id", MAX_DEVICE_ID, ErrorCode.INVALID_DEVICE_ID);
        Optional<DeviceType> deviceType = fields.deviceType().map(this::deviceType);
        text(fields.deviceModel(), "device_model", MAX_DEVICE_MODEL, ErrorCode.INVALID_DEVICE_MODEL);
        text(fields.osVersion(), "os_version", MAX_VERSION, ErrorCode.INVALID_OS_VERSION);
        text(fields.appVersion(), "app_version", MAX_VERSION, ErrorCode.INVALID_APP_VERSION);
        appRealm(fields.appRealm(), deviceType);
        return new Signals(
                fields.ip(),
                fields.deviceId(),
                deviceType,
                fields.deviceModel(),
                fields.osVersion(),
                fields.appVersion(),
                fields.appRealm(),
                fields.returningUser());
    }

    /** What the customer says of the message. */
    void message(CreateFields fields, AccountView caller, PhoneNumber number) {
        fields.callbackUrl().flatMap(callbackRule).ifPresent(objection -> {
            throw errors.refuse(ErrorCode.BAD_REQUEST, "callback_url " + objection);
        });
        text(fields.correlationId(), "correlation_id", MAX_CORRELATION_ID, ErrorCode.BAD_REQUEST);
        text(fields.locale(), "locale", MAX_LOCALE, ErrorCode.BAD_REQUEST);
        check(
                fields.senderId(),
                SenderId::isValid,
                ErrorCode.INVALID_SENDER_ID,
                "sender_id must be 1 to 11 letters, digits, spaces or ._&- with at least one letter, or a number of at most 15 digits");
        check(
                fields.senderId(),
                sender -> caller.senders(number.regionCode() == null ? "" : number.regionCode())
                        .contains(sender),
                ErrorCode.UNAUTHORIZED_SENDER_ID,
                "sender_id is not one of the account's for the country of phone_number");
        check(
                fields.templateId(),
                caller::hasTemplate,
                ErrorCode.INVALID_TEMPLATE_ID,
                "template_id is not one of the account's templates, nor \"" + AccountTemplate.DEFAULT_ID + "\"");
    }

    private DeviceType deviceType(String text) {
        return switch (text) {
            case "IOS" -> DeviceType.IOS;
            case "ANDROID" -> DeviceType.ANDROID;
            case "WEB" -> DeviceType.WEB;
            default -> throw errors.refuse(ErrorCode.BAD_REQUEST, "device_type must be IOS, ANDROID or WEB");
        };
    }

    private void appRealm(Optional<String> appRealm, Optional<DeviceType> deviceType) {
        if (appRealm.isEmpty()) {
            return;
        }
        if (deviceType.isEmpty()) {
            throw errors.refuse(ErrorCode.APP_REALM_REQUIRE_DEVICE_TYPE, "app_realm needs device_type ANDROID");
        }
        if (deviceType.get() != DeviceType.ANDROID) {
            throw errors.refuse(
                    ErrorCode.UNSUPPORTED_APP_REALM_DEVICE_TYPE, "app_realm is for device_type ANDROID only");
        }
        check(
                appRealm,
                AppHash::isValid,
                ErrorCode.INVALID_APP_REALM,
                "app_realm must be the 11 characters of an SMS Retriever hash");
    }

    private void text(Optional<String> field, String name, int max, ErrorCode code) {
        check(
                field,
                text -> Forms.isText(text, max),
                code,
                name + " must be 1 to " + max + " characters without control characters");
    }

    private void check(Optional<String> field, Predicate<String> rule, ErrorCode code, String message) {
        if (field.isPresent() && !rule.test(field.get())) {
            throw errors.refuse(code, message);
        }
    }
}
