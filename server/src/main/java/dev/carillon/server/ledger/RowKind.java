// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

/** The kinds of hot rows, in the order in which a transaction must lock them. */
public enum RowKind {
    /** What a paid provider said of a number; key: a keyed hash of account and number. */
    PAID_ANSWER,
    /** The answer kept for an {@code Idempotency-Key}; key: a keyed hash of account and header. */
    REPLAY,
    /** What is known of one number for one account; key: a keyed hash of account and number. */
    NUMBER,
    /** The id that a provider gave a message; key: a keyed hash of connection and id. Leads to its verification. */
    REFERENCE,
    /** One verification with its events; key: its id, which is ordered by time of creation. */
    VERIFICATION,
    /** One counter of the guard; key: a keyed hash of account, limit and subject. */
    COUNTER,
    /** A part of an account's books; key: the account's id with the number of the part in its last bits. Never expires. */
    BALANCE
}
