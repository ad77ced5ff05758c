-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- An audience of a verification that has not been told everything: the place of the next notice, and of the end. What is told is
-- made from the verification's events when it is sent, so that nothing about a user is kept here. The same statements serve both
-- engines, hence UUIDs as TEXT. due_at is NULL for what was given up.
CREATE TABLE webhook_delivery (
    verification TEXT    NOT NULL,
    audience     INTEGER NOT NULL,
    account      TEXT    NOT NULL,
    receiver     TEXT    NOT NULL,
    next         INTEGER NOT NULL,
    upto         INTEGER NOT NULL,
    due_at       BIGINT,
    since        BIGINT  NOT NULL,
    tries        INTEGER NOT NULL,
    error        TEXT,
    PRIMARY KEY (verification, audience)
) WITHOUT ROWID;

-- What is due is looked for receiver by receiver, so that the backlog of one that is dead hides nobody else's.
CREATE INDEX webhook_delivery_due ON webhook_delivery (receiver, due_at);
