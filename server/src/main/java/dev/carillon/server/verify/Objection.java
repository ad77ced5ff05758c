// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

/** Why a number gets no message from this account at all, whatever the limits say; in the order in which they are looked at. */
public enum Objection {
    BLOCKED_NUMBER,
    /** A kind of line that cannot get a code or that the account sends none to; also a number that is lent to everybody, if it says so. */
    INVALID_LINE,
    UNSUPPORTED_REGION
}
