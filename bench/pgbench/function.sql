-- SPDX-FileCopyrightText: The Carillon authors
-- SPDX-License-Identifier: Apache-2.0
--
-- One pair, each operation one call and so one transaction.
\set sequence :sequence + 1
\set id :sequence * 1000 + :client_id
\set n random(1, 600000000)
\set block :n / 1000
SELECT create_op(:id, :n, :block, :with_block, :with_account);
SELECT outcome_op(:id);
SELECT receipt_op(:id);
SELECT check_op(:id, :block, :with_block);
