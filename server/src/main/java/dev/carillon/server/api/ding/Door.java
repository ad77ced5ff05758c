// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.core.account.Account;
import dev.carillon.core.balance.Unpaid;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Forms;
import dev.carillon.server.directory.AccountView;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What every endpoint asks first: whose key it is, whether the customer is the key's, whether the account is suspended.
 *
 * @param authenticate finds the account of an API key
 */
record Door(Function<String, Optional<AccountView>> authenticate, DingErrors errors) {
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
    private static final int MAX_KEY_LENGTH = 256;

    /** The account of the request's key. */
    AccountView caller(ApiRequest request) {
        List<String> keys = request.header(API_KEY);
        if (keys.size() != 1 || !Forms.isVisibleAscii(keys.getFirst(), MAX_KEY_LENGTH)) {
            throw DingErrors.forbidden();
        }
        return authenticate.apply(keys.getFirst()).orElseThrow(DingErrors::forbidden);
    }

    /** Checks that the customer is the key's own, and that it may do anything at all. */
    void admit(AccountView caller, Optional<String> customerUuid) {
        Account account = caller.account();
        UUID customer = customerUuid
                .flatMap(Forms::uuid)
                .orElseThrow(() -> errors.refuse(
                        ErrorCode.ACCOUNT_INVALID,
                        "customer_uuid " + (customerUuid.isEmpty() ? "is required" : "is not a UUID")));
        if (!customer.equals(account.id())) {
            throw errors.refuse(ErrorCode.ACCOUNT_INVALID, "customer_uuid is not the account of this API key");
        }
        admit(caller);
    }

    /** The same for endpoints that name no customer. */
    void admit(AccountView caller) {
        if (caller.account().suspended()) {
            throw errors.refuse(ErrorCode.SUSPENDED_ACCOUNT, "the account is suspended");
        }
    }

    /** The id of a verification; a malformed one is answered as an unknown one is. */
    UUID verification(String text) {
        return Forms.uuid(text).orElseThrow(this::unknownVerification);
    }

    /** Malformed, unknown or another account's: one answer for all. */
    RuntimeException unknownVerification() {
        return errors.refuse(ErrorCode.INVALID_AUTH_UUID, "there is no authentication with this UUID");
    }

    /** The account cannot pay for what it asks for. */
    RuntimeException notPaid(Unpaid why) {
        return switch (why) {
            case NEGATIVE_BALANCE ->
                errors.refuse(ErrorCode.NEGATIVE_BALANCE, "the balance of the account is too low for this");
            case SPENDING_LIMIT ->
                errors.refuse(
                        ErrorCode.SPENDING_LIMIT_EXCEEDED, "the account has spent what it may spend in a day (UTC)");
        };
    }

    PhoneNumber phoneNumber(String text) {
        return switch (NumberingPlan.parse(text)) {
            case ParseResult.Valid valid -> valid.number();
            case ParseResult.Invalid invalid ->
                throw errors.refuse(
                        ErrorCode.INVALID_PHONE_NUMBER, text.isEmpty() ? "phone_number is empty" : invalid.reason());
        };
    }
}
