-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- A verification whose audience has not been told everything: the place of the next notice, and of the end. What is told is made
-- from the verification's events when it is sent, so that nothing about a user is kept here. The same statements serve both
-- engines, hence UUIDs as TEXT. due_at is NULL for what was given up.
CREATE TABLE webhook_delivery (
    verification TEXT    NOT NULL PRIMARY KEY,
    account      TEXT    NOT NULL,
    receiver     TEXT    NOT NULL,
    next         INTEGER NOT NULL,
    upto         INTEGER NOT NULL,
    due_at       BIGINT,
    since        BIGINT  NOT NULL,
    tries        INTEGER NOT NULL,
    error        TEXT
) WITHOUT ROWID;

CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at, receiver);
