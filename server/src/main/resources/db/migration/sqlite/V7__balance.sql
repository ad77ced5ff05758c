-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- The parts of accounts' books, for what is spent; the books are their sum. The body is the ledger's.
CREATE TABLE balance (
    key        BLOB   NOT NULL PRIMARY KEY,
    body       BLOB   NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

-- The entries of the books by double entry, in millionths of the account's currency: what was paid in is somewhere. Ids begin with
-- the time. Entries past their retention are carried forward to one with the id zero, so that the sum of all is always the balance.
CREATE TABLE balance_entry (
    account       BLOB   NOT NULL,
    id            BLOB   NOT NULL,
    verification  BLOB,
    funded        BIGINT NOT NULL,
    available     BIGINT NOT NULL,
    reserved      BIGINT NOT NULL,
    charged       BIGINT NOT NULL,
    cost          BIGINT,
    cost_currency TEXT,
    note          TEXT,
    PRIMARY KEY (account, id),
    CHECK (funded = available + reserved + charged)
) WITHOUT ROWID;
