-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- Users who signed in to an environment, sealed. Cold: the same statements serve both engines.
CREATE TABLE environment_user (
    id          TEXT   NOT NULL PRIMARY KEY,
    environment TEXT   NOT NULL,
    body        BLOB  NOT NULL,
    created_at  BIGINT NOT NULL
);

-- Whose a number is: a keyed hash of environment and number.
CREATE TABLE environment_number (
    environment TEXT NOT NULL,
    number      TEXT NOT NULL,
    user_id     TEXT NOT NULL,
    PRIMARY KEY (environment, number)
);

-- Answers to captchas that were accepted, as keyed hashes, until they are worthless anyway: each is good once.
CREATE TABLE captcha_used (
    token      TEXT   NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE INDEX captcha_used_expiry ON captcha_used (expires_at);
