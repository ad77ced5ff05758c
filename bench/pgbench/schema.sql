-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The rows that Carillon's store keeps, and one function per operation on them. Run with search_path set to an empty schema.

CREATE TABLE number (key uuid PRIMARY KEY, body bytea NOT NULL, expires_at bigint NOT NULL) WITH (fillfactor = 80);
CREATE TABLE verification (key uuid PRIMARY KEY, body bytea NOT NULL);
CREATE TABLE counter (key uuid PRIMARY KEY, body bytea NOT NULL, expires_at bigint NOT NULL) WITH (fillfactor = 60);
CREATE TABLE outbox (id uuid PRIMARY KEY, verification uuid NOT NULL, attempt int NOT NULL, due_at bigint NOT NULL);
CREATE INDEX outbox_due ON outbox (due_at);

-- Keys. Carillon's are hashes (number, counter) and version 7 UUIDs (verification, outbox); these have the same spread and order.
CREATE FUNCTION hashed_key(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN md5(kind || n)::uuid;
CREATE FUNCTION ordered_key(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN lpad(to_hex(n), 32, '0')::uuid;

-- The counter of the one account that every operation belongs to.
INSERT INTO counter VALUES (hashed_key('account', 0), decode(repeat('a5', 20), 'hex'), 9000000000000);

CREATE FUNCTION create_op(id bigint, n bigint, block bigint, with_block boolean, with_account boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    old bytea;
BEGIN
    SELECT body INTO old FROM number WHERE key = hashed_key('number', n) FOR UPDATE;
    INSERT INTO number VALUES (hashed_key('number', n), decode(repeat('a5', 80), 'hex'), 9000000000000)
        ON CONFLICT (key) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at;
    INSERT INTO verification VALUES (ordered_key(id), decode(repeat('a5', 350), 'hex'));
    INSERT INTO outbox VALUES (ordered_key(id), ordered_key(id), 1, 9000000000000);
    IF with_block THEN
        SELECT body INTO old FROM counter WHERE key = hashed_key('block', block) FOR UPDATE;
        INSERT INTO counter VALUES (hashed_key('block', block), decode(repeat('a5', 40), 'hex'), 9000000000000)
            ON CONFLICT (key) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at;
    END IF;
    IF with_account THEN
        UPDATE counter SET body = decode(repeat('5a', 20), 'hex') WHERE key = hashed_key('account', 0);
    END IF;
END $$;

CREATE FUNCTION outcome_op(id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE verification SET body = body || decode(repeat('a5', 60), 'hex') WHERE key = ordered_key(outcome_op.id);
    DELETE FROM outbox WHERE outbox.id = ordered_key(outcome_op.id);
END $$;

CREATE FUNCTION receipt_op(id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE verification SET body = body || decode(repeat('a5', 20), 'hex') WHERE key = ordered_key(receipt_op.id);
END $$;

CREATE FUNCTION check_op(id bigint, block bigint, with_block boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    old bytea;
BEGIN
    SELECT body INTO old FROM verification WHERE key = ordered_key(id) FOR UPDATE;
    UPDATE verification SET body = old || decode(repeat('a5', 60), 'hex') WHERE key = ordered_key(id);
    IF with_block THEN
        SELECT body INTO old FROM counter WHERE key = hashed_key('block', block) FOR UPDATE;
        UPDATE counter SET body = old WHERE key = hashed_key('block', block);
    END IF;
END $$;
