// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

/** How announcements are written, but for where the values come from. */
final class Announcements {
    static final String INSERT =
            "INSERT INTO webhook_delivery (verification, audience, account, receiver, next, upto, due_at, since, tries) ";

    /** What waits keeps its place and its time; what was given up is worth another try. */
    static final String ON_CONFLICT = " ON CONFLICT (verification, audience) DO UPDATE SET upto = excluded.upto,"
            + " since = CASE WHEN webhook_delivery.due_at IS NULL THEN excluded.since ELSE webhook_delivery.since END,"
            + " tries = CASE WHEN webhook_delivery.due_at IS NULL THEN 0 ELSE webhook_delivery.tries END,"
            + " due_at = COALESCE(webhook_delivery.due_at, excluded.due_at)";

    private Announcements() {}
}
