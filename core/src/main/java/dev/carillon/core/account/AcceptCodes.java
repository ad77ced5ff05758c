// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

/** Which codes of an open window are accepted, and what a retry sends. */
public enum AcceptCodes {
    /** Each attempt has a new code; any of them is accepted, since messages arrive late and out of order. */
    ANY,
    /** Each attempt has a new code; only the newest is accepted. */
    LATEST,
    /** Every attempt of the window repeats the first code. */
    SAME
}
