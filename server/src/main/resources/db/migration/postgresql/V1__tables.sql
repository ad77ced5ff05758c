-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- Hot tables: a 128-bit key and a body that only the ledger understands. Times are epoch milliseconds. No secondary
-- indexes: each would be paid for by every write. The fill factors leave room on the page, so that an update of the
-- body touches no index (a HOT update); the vacuum settings suit tables whose every row is soon dead.
CREATE TABLE replay (
    key        uuid   NOT NULL PRIMARY KEY,
    body       bytea  NOT NULL,
    expires_at bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE number (
    key        uuid   NOT NULL PRIMARY KEY,
    body       bytea  NOT NULL,
    expires_at bigint NOT NULL
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE counter (
    key        uuid   NOT NULL PRIMARY KEY,
    body       bytea  NOT NULL,
    expires_at bigint NOT NULL
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);

-- Keys begin with the time of creation. One partition per day (UTC), made and dropped by the server's housekeeping;
-- the default partition takes what falls outside of them, so that no insert can fail for want of one.
CREATE TABLE verification (
    key  uuid  NOT NULL PRIMARY KEY,
    body bytea NOT NULL
) PARTITION BY RANGE (key);

CREATE TABLE verification_default PARTITION OF verification DEFAULT;

CREATE TABLE outbox (
    id           uuid    NOT NULL PRIMARY KEY,
    verification uuid    NOT NULL,
    attempt      integer NOT NULL,
    due_at       bigint  NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

CREATE INDEX outbox_due ON outbox (due_at);

-- Cold tables: the same statements serve both engines, hence UUIDs and JSON as text.
CREATE TABLE account (
    id         text   NOT NULL PRIMARY KEY,
    name       text   NOT NULL,
    status     text   NOT NULL,
    policy     text   NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE api_key (
    id         text   NOT NULL PRIMARY KEY,
    account    text   NOT NULL,
    hash       bytea  NOT NULL UNIQUE,
    label      text,
    created_at bigint NOT NULL,
    revoked_at bigint
);

CREATE INDEX api_key_account ON api_key (account);

-- Test numbers and the block-list, sealed.
CREATE TABLE list_entry (
    account    text   NOT NULL,
    kind       text   NOT NULL,
    id         text   NOT NULL,
    body       bytea  NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (account, kind, id)
);

CREATE TABLE keyring (
    generation  integer NOT NULL PRIMARY KEY,
    sealed      bytea   NOT NULL,
    active_from bigint  NOT NULL
);

CREATE TABLE window_key (
    minute bigint NOT NULL PRIMARY KEY,
    sealed bytea  NOT NULL
);

-- Counts the changes to accounts, keys and lists, so that every node can tell with one read that its copy is stale.
CREATE TABLE directory_version (
    id      integer NOT NULL PRIMARY KEY CHECK (id = 1),
    version bigint  NOT NULL
);

INSERT INTO directory_version (id, version) VALUES (1, 0);
