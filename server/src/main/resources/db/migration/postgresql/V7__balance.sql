-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- The parts of accounts' books, for what is spent; the books are their sum. The body is the ledger's.
CREATE TABLE balance (
    key        uuid   NOT NULL PRIMARY KEY,
    body       bytea  NOT NULL,
    expires_at bigint NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- The entries of the books by double entry, in millionths of the account's currency: what was paid in is somewhere. Ids begin with
-- the time. Entries past their retention are carried forward to one with the id zero, so that the sum of all is always the balance.
CREATE TABLE balance_entry (
    account       uuid   NOT NULL,
    id            uuid   NOT NULL,
    verification  uuid,
    funded        bigint NOT NULL,
    available     bigint NOT NULL,
    reserved      bigint NOT NULL,
    charged       bigint NOT NULL,
    cost          bigint,
    cost_currency text,
    note          text,
    PRIMARY KEY (account, id),
    CHECK (funded = available + reserved + charged)
);
