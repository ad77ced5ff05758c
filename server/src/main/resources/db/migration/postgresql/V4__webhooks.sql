-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- An audience of a verification that has not been told everything: the place of the next notice, and of the end. What is told is
-- made from the verification's events when it is sent, so that nothing about a user is kept here. The same statements serve both
-- engines, hence UUIDs as text. due_at is NULL for what was given up.
CREATE TABLE webhook_delivery (
    verification text    NOT NULL,
    audience     integer NOT NULL,
    account      text    NOT NULL,
    receiver     text    NOT NULL,
    next         integer NOT NULL,
    upto         integer NOT NULL,
    due_at       bigint,
    since        bigint  NOT NULL,
    tries        integer NOT NULL,
    error        text,
    PRIMARY KEY (verification, audience)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- What is due is looked for receiver by receiver, so that the backlog of one that is dead hides nobody else's.
CREATE INDEX webhook_delivery_due ON webhook_delivery (receiver, due_at);
