// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The limits that an account can set, each with what it counts. The names are part of the command line. */
public enum LimitName {
    /** The least time between two messages to one number, across windows; a valid check clears it. */
    NUMBER_COOLDOWN,
    /** Windows opened for one number in an hour; a valid check clears it. */
    NUMBER_HOUR,
    /** Windows opened for one number in a day; a valid check clears it. */
    NUMBER_DAY,
    /** Windows opened from one IP address (IPv6: one /64), short term. */
    IP,
    /** Windows opened from one IP address (IPv6: one /64), long term. */
    IP_HOUR,
    /** Windows opened from one IPv4 /24. */
    SUBNET,
    /** Windows opened from one device id. */
    DEVICE,
    /** Messages of the whole account. */
    ACCOUNT,
    /** Distinct numbers of one block of 1,000 that asked for a code and did not verify: a sign of toll fraud. */
    BLOCK,
    /** Users from one block of 1,000 numbers that the customer said were not real. */
    FEEDBACK_BLOCK,
    /** The same from one IP address (IPv6: one /64). */
    FEEDBACK_IP,
    /** The same from one country's numbers. */
    FEEDBACK_COUNTRY;

    /** Whether it counts what was said of users, and not what was sent. */
    public boolean isAboutFeedback() {
        return switch (this) {
            case FEEDBACK_BLOCK, FEEDBACK_IP, FEEDBACK_COUNTRY -> true;
            case NUMBER_COOLDOWN, NUMBER_HOUR, NUMBER_DAY, IP, IP_HOUR, SUBNET, DEVICE, ACCOUNT, BLOCK -> false;
        };
    }

    /** The name on the command line: lower case with hyphens. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<LimitName> of(String text) {
        return Arrays.stream(values()).filter(name -> name.text().equals(text)).findFirst();
    }
}
