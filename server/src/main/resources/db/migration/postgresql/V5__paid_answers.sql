-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- What a paid provider said of a number, encrypted, under a keyed hash of account and number.
CREATE TABLE paid_answer (
    key        uuid   NOT NULL PRIMARY KEY,
    body       bytea  NOT NULL,
    expires_at bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.05);
