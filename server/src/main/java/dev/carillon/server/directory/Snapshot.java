// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.balance.PriceList;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.secret.UnreadableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole directory at one moment. Immutable.
 *
 * @param version of the directory; any change gives it another one
 * @param keys the account of each key that is not revoked
 */
record Snapshot(
        long version,
        Map<UUID, AccountView> accounts,
        Map<ApiKey.Hash, UUID> keys,
        Map<UUID, EnvironmentView> environments) {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

    private record Rows(
            long version,
            List<AccountRow> accounts,
            Map<ApiKey.Hash, UUID> keys,
            Map<UUID, List<ListCodec.Entry>> entries) {}

    static long version(Connection connection) throws SQLException {
        return Sql.query(connection, "SELECT version FROM directory_version WHERE id = 1", row -> row.getLong(1))
                .getFirst();
    }

    static Snapshot load(Database database, ListCodec codec) {
        Rows rows = database.read(Snapshot::read);
        Map<UUID, AccountView> accounts = new HashMap<>();
        Map<UUID, EnvironmentView> environments = new HashMap<>();
        for (AccountRow row : rows.accounts()) {
            try {
                List<ListCodec.Entry> entries = rows.entries().getOrDefault(row.id(), List.of());
                AccountView view = view(row, entries, codec);
                accounts.put(row.id(), view);
                environments(entries, codec).forEach(one -> environments.put(one.id(), new EnvironmentView(one, view)));
            } catch (IllegalArgumentException | UnreadableException e) {
                // Refused as a whole rather than served without, say, its block-list; the others are not to suffer.
                LOG.error("account {} cannot be read and is refused: {}", row.id(), e.getMessage());
            }
        }
        return new Snapshot(rows.version(), Map.copyOf(accounts), Map.copyOf(rows.keys()), Map.copyOf(environments));
    }

    /** The version is read first: should the rest be newer, it will only be read once more. */
    private static Rows read(Connection connection) throws SQLException {
        long version = version(connection);
        List<AccountRow> accounts = Sql.query(connection, AccountRow.SELECT, AccountRow::read);
        Map<ApiKey.Hash, UUID> keys = new HashMap<>();
        Sql.query(
                connection,
                "SELECT hash, account FROM api_key WHERE revoked_at IS NULL",
                row -> keys.put(ApiKey.Hash.of(row.getBytes(1)), UUID.fromString(row.getString(2))) == null);
        Map<UUID, List<ListCodec.Entry>> entries = Sql.query(connection, ListCodec.SELECT, ListCodec::read).stream()
                .collect(Collectors.groupingBy(ListCodec.Entry::account));
        return new Rows(version, accounts, keys, entries);
    }

    private static List<Environment> environments(List<ListCodec.Entry> entries, ListCodec codec) {
        return entries.stream()
                .filter(entry -> entry.kind().equals(ListKind.ENVIRONMENT.text()))
                .map(codec::environment)
                .toList();
    }

    private static AccountView view(AccountRow row, List<ListCodec.Entry> entries, ListCodec codec) {
        List<TestNumber> testNumbers = new ArrayList<>();
        List<BlockPattern> blocks = new ArrayList<>();
        List<AccountSender> senders = new ArrayList<>();
        List<AccountTemplate> templates = new ArrayList<>();
        List<AccountWebhook> webhooks = new ArrayList<>();
        List<PriceList> prices = new ArrayList<>();
        for (ListCodec.Entry entry : entries) {
            // A kind that only a newer version knows is none of this one's business.
            ListKind.of(entry.kind()).ifPresent(kind -> {
                switch (kind) {
                    case TEST_NUMBER -> testNumbers.add(codec.testNumber(entry));
                    case BLOCK -> blocks.add(codec.block(entry));
                    case SENDER -> senders.add(codec.sender(entry));
                    case TEMPLATE -> templates.add(codec.template(entry));
                    case ENVIRONMENT -> {} // has its own map
                    case WEBHOOK -> webhooks.add(codec.webhook(entry));
                    case PRICES -> prices.add(codec.prices(entry));
                }
            });
        }
        return new AccountView(row.account(), testNumbers, blocks, senders, templates)
                .with(webhooks.stream().findFirst().orElse(AccountWebhook.STANDARD))
                .with(prices.stream().findFirst());
    }
}
