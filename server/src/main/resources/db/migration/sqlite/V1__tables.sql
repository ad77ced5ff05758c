-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- Hot tables: a 16-byte key (a UUID, big endian) and a body that only the ledger understands. Times are epoch
-- milliseconds. No secondary indexes: each would be paid for by every write. Rows of some size keep their rowid: new
-- ones are appended, and only 20 bytes of each go to a random place, the key's; measured, that is a fifth to a third
-- faster than WITHOUT ROWID. Small rows that are mostly updated (counters) are better off in one tree.
CREATE TABLE replay (
    key        BLOB   NOT NULL PRIMARY KEY,
    body       BLOB   NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE number (
    key        BLOB   NOT NULL PRIMARY KEY,
    body       BLOB   NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE counter (
    key        BLOB   NOT NULL PRIMARY KEY,
    body       BLOB   NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Keys begin with the time of creation, so inserts append, and age is a range of keys.
CREATE TABLE verification (
    key  BLOB NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
);

CREATE TABLE outbox (
    id           BLOB    NOT NULL PRIMARY KEY,
    verification BLOB    NOT NULL,
    attempt      INTEGER NOT NULL,
    due_at       BIGINT  NOT NULL
) WITHOUT ROWID;

CREATE INDEX outbox_due ON outbox (due_at);

-- Cold tables: the same statements serve both engines, hence UUIDs and JSON as TEXT.
CREATE TABLE account (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    status     TEXT   NOT NULL,
    policy     TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE api_key (
    id         TEXT   NOT NULL PRIMARY KEY,
    account    TEXT   NOT NULL,
    hash       BLOB   NOT NULL UNIQUE,
    label      TEXT,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE INDEX api_key_account ON api_key (account);

-- Test numbers and the block-list, sealed.
CREATE TABLE list_entry (
    account    TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    body       BLOB   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account, kind, id)
);

CREATE TABLE keyring (
    generation  INTEGER NOT NULL PRIMARY KEY,
    sealed      BLOB    NOT NULL,
    active_from BIGINT  NOT NULL
);

CREATE TABLE window_key (
    minute BIGINT NOT NULL PRIMARY KEY,
    sealed BLOB   NOT NULL
);

-- Counts the changes to accounts, keys and lists, so that every node can tell with one read that its copy is stale.
CREATE TABLE directory_version (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT  NOT NULL
);

INSERT INTO directory_version (id, version) VALUES (1, 0);
