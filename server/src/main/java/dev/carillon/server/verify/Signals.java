// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import java.util.Optional;

/**
 * What the customer says of the user who asks. All of it is the customer's word, already checked for form by the contract.
 *
 * @param ip an IPv4 or IPv6 address in text
 * @param appRealm the hash of the Android app that may read the message (SMS Retriever)
 * @param returningUser the customer vouches for the user
 */
public record Signals(
        Optional<String> ip,
        Optional<String> deviceId,
        Optional<DeviceType> deviceType,
        Optional<String> deviceModel,
        Optional<String> osVersion,
        Optional<String> appVersion,
        Optional<String> appRealm,
        Optional<Boolean> returningUser) {

    public static final Signals NONE = withIp(Optional.empty());

    /** The address alone. */
    public static Signals ofIp(String ip) {
        return withIp(Optional.of(ip));
    }

    private static Signals withIp(Optional<String> ip) {
        return new Signals(
                ip,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
