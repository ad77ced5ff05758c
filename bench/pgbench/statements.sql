-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0
--
-- One pair, each operation one transaction of several statements: what an application does that has no stored functions.
-- The one row that everybody wants, the account's counter, is locked last and so for the shortest time.
\set sequence :sequence + 1
\set id :sequence * 1000 + :client_id
\set n random(1, 600000000)
\set block :n / 1000

BEGIN;
SELECT body FROM number WHERE key = hashed_key('number', :n) FOR UPDATE;
INSERT INTO number VALUES (hashed_key('number', :n), decode(repeat('a5', 80), 'hex'), 9000000000000) ON CONFLICT (key) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at;
INSERT INTO verification VALUES (ordered_key(:id), decode(repeat('a5', 350), 'hex'));
INSERT INTO outbox VALUES (ordered_key(:id), ordered_key(:id), 1, 9000000000000);
\if :with_block
SELECT body FROM counter WHERE key = hashed_key('block', :block) FOR UPDATE;
INSERT INTO counter VALUES (hashed_key('block', :block), decode(repeat('a5', 40), 'hex'), 9000000000000) ON CONFLICT (key) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at;
\endif
\if :with_account
UPDATE counter SET body = decode(repeat('5a', 20), 'hex') WHERE key = hashed_key('account', 0);
\endif
COMMIT;

BEGIN;
UPDATE verification SET body = body || decode(repeat('a5', 60), 'hex') WHERE key = ordered_key(:id);
DELETE FROM outbox WHERE id = ordered_key(:id);
COMMIT;

BEGIN;
UPDATE verification SET body = body || decode(repeat('a5', 20), 'hex') WHERE key = ordered_key(:id);
COMMIT;

BEGIN;
SELECT body FROM verification WHERE key = ordered_key(:id) FOR UPDATE;
UPDATE verification SET body = body || decode(repeat('a5', 60), 'hex') WHERE key = ordered_key(:id);
\if :with_block
SELECT body FROM counter WHERE key = hashed_key('block', :block) FOR UPDATE;
UPDATE counter SET body = decode(repeat('5a', 40), 'hex') WHERE key = hashed_key('block', :block);
\endif
COMMIT;
