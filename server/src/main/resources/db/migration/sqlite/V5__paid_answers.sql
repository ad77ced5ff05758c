-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- What a paid provider said of a number, encrypted, under a keyed hash of account and number.
CREATE TABLE paid_answer (
    key        BLOB   NOT NULL PRIMARY KEY,
    body       BLOB   NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;
