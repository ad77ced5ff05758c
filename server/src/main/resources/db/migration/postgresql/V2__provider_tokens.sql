-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0

-- Credentials of providers that change with every use: an access token and the refresh token for the next, sealed. Who holds
-- the lease is the only one to refresh them. Cold: the same statements serve both engines.
CREATE TABLE provider_token (
    connection   text   NOT NULL PRIMARY KEY,
    body         bytea,
    version      bigint NOT NULL,
    seeds        text   NOT NULL,
    lease        text   NOT NULL,
    leased_until bigint NOT NULL
);
