-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- Users who signed in to an environment, sealed. Cold: the same statements serve both engines.
CREATE TABLE environment_user (
    id          text   NOT NULL PRIMARY KEY,
    environment text   NOT NULL,
    body        bytea  NOT NULL,
    created_at  bigint NOT NULL
);

-- Whose a number is: a keyed hash of environment and number.
CREATE TABLE environment_number (
    environment text NOT NULL,
    number      text NOT NULL,
    user_id     text NOT NULL,
    PRIMARY KEY (environment, number)
);

-- Answers to captchas that were accepted, as keyed hashes, until they are worthless anyway: each is good once.
CREATE TABLE captcha_used (
    token      text   NOT NULL PRIMARY KEY,
    expires_at bigint NOT NULL
);

CREATE INDEX captcha_used_expiry ON captcha_used (expires_at);
