// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.guard.Refusal;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.RetryReply;
import dev.carillon.server.verify.DeviceType;
import dev.carillon.server.verify.Story;

/** How Ding spells what Carillon knows. All of these are closed sets: clients fail on a word that they do not know. */
final class Names {
    private Names() {}

    static String created(Refusal refusal) {
        return switch (refusal.kind()) {
            case RATE_LIMITED -> "rate_limited";
            case SPAM -> "spam_detected";
        };
    }

    static String of(CheckResult result) {
        return switch (result) {
            case VALID -> "valid";
            case INVALID -> "invalid";
            case WITHOUT_ATTEMPT -> "without_attempt";
            case RATE_LIMITED -> "rate_limited";
            case ALREADY_VALIDATED -> "already_validated";
            case EXPIRED -> "expired_auth";
        };
    }

    static String of(RetryReply.Result result) {
        return switch (result) {
            case APPROVED -> "approved";
            case DENIED -> "denied";
            case NO_ATTEMPT -> "no_attempt";
            case RATE_LIMITED -> "rate_limited";
            case EXPIRED -> "expired_auth";
            case ALREADY_VALIDATED -> "already_validated";
        };
    }

    static String of(Story.AttemptStatus status) {
        return switch (status) {
            case PENDING -> "pending";
            case DELIVERED -> "delivered";
            case FAILED -> "failed";
            case EXPIRED -> "expired";
        };
    }

    static String of(Story.BalanceKind kind) {
        return switch (kind) {
            case VERIFICATION_PENDING -> "authentication_pending";
            case VERIFICATION_SUCCESS -> "authentication_success";
            case ATTEMPT_PENDING -> "attempt_pending";
            case ATTEMPT_SUCCESS -> "attempt_success";
        };
    }

    static String of(DeliveryStatus status) {
        return switch (status) {
            case UNKNOWN -> "unknown";
            case SUBMITTED -> "submitted";
            case IN_TRANSIT -> "in_transit";
            case NOT_SENT, UNDELIVERABLE -> "undeliverable";
            case DELIVERED -> "delivered";
        };
    }

    static String of(Channel channel) {
        return switch (channel) {
            case SMS -> "text";
            case RCS -> "rcs";
            case WHATSAPP -> "whatsapp";
            case VIBER -> "viber";
            case ZALO -> "zalo";
            case TELEGRAM -> "telegram";
        };
    }

    static String of(DeviceType type) {
        return switch (type) {
            case IOS -> "IOS";
            case ANDROID -> "ANDROID";
            case WEB -> "WEB";
        };
    }

    static String of(LineType type) {
        return switch (type) {
            case CALLING_CARDS -> "CallingCards";
            case FIXED_LINE -> "FixedLine";
            case INTERNET_SERVICE_PROVIDER -> "InternetServiceProvider";
            case LOCAL_RATE -> "LocalRate";
            case MOBILE -> "Mobile";
            case OTHER -> "Other";
            case PAGER -> "Pager";
            case PAY_PHONE -> "PayPhone";
            case PREMIUM_RATE -> "PremiumRate";
            case SATELLITE -> "Satellite";
            case SERVICE -> "Service";
            case SHARED_COST -> "SharedCost";
            case SHORT_CODES_COMMERCIAL -> "ShortCodesCommercial";
            case TOLL_FREE -> "TollFree";
            case UNIVERSAL_ACCESS -> "UniversalAccess";
            case UNKNOWN -> "Unknown";
            case VIRTUAL_PRIVATE_NETWORK -> "VPN";
            case VOICE_MAIL -> "VoiceMail";
            case VOIP -> "Voip";
        };
    }
}
