// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

/** The kinds of message that carry a code. */
public enum Channel {
    SMS,
    RCS,
    WHATSAPP,
    VIBER,
    ZALO,
    TELEGRAM
}
