// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

/**
 * The kind of line behind a number, as far as its range tells. The kinds are the 19 that Ding v1 has; how a contract
 * spells them is the business of that contract's package.
 *
 * <p>Local data never gives {@link #CALLING_CARDS}, {@link #INTERNET_SERVICE_PROVIDER}, {@link #LOCAL_RATE},
 * {@link #PAY_PHONE}, {@link #SERVICE}, {@link #SHORT_CODES_COMMERCIAL} or {@link #VIRTUAL_PRIVATE_NETWORK}; a lookup
 * provider may.
 */
public enum LineType {
    CALLING_CARDS(false),
    FIXED_LINE(false),
    INTERNET_SERVICE_PROVIDER(false),
    LOCAL_RATE(false),
    /** Also numbers of plans where mobile and fixed lines share their ranges, such as +1. */
    MOBILE(true),
    /** Among others personal numbers (UK 070), which forward at the caller's cost. */
    OTHER(false),
    PAGER(false),
    PAY_PHONE(false),
    PREMIUM_RATE(false),
    /** A satellite phone: a message to it costs many times the usual price. */
    SATELLITE(false),
    SERVICE(false),
    SHARED_COST(false),
    SHORT_CODES_COMMERCIAL(false),
    TOLL_FREE(false),
    UNIVERSAL_ACCESS(false),
    UNKNOWN(false),
    VIRTUAL_PRIVATE_NETWORK(false),
    VOICE_MAIL(false),
    VOIP(true);

    private final boolean receivesCodes;

    LineType(boolean receivesCodes) {
        this.receivesCodes = receivesCodes;
    }

    /**
     * Whether codes are sent to such a line unless an account says otherwise. The others either cannot take a message or are the
     * usual means of making money from messages sent to them.
     */
    public boolean canReceiveCode() {
        return receivesCodes;
    }
}
