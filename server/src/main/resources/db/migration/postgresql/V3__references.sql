-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- The id that a provider gave a message, as a keyed hash: which message that is, or the receipts that came before it was known.
CREATE TABLE reference (
    key        uuid   NOT NULL PRIMARY KEY,
    body       bytea  NOT NULL,
    expires_at bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);

-- What is to be done about the message: 0 send it, 1 look whether it has arrived.
ALTER TABLE outbox ADD COLUMN kind integer NOT NULL DEFAULT 0;
