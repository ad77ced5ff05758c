// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.secret.Keyring;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an operator does to the directory, whether or not servers run on the same store. Each change is one durable transaction,
 * and {@link #awaitVisible} returns when every server acts on it. Any number of processes may do this at once; none undoes
 * another's change.
 *
 * <p>Every operation throws {@link DirectoryException} with a message for the operator when it cannot be done, and
 * {@link StoreException} when the database fails.
 */
public final class DirectoryAdmin {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final ListCodec codec;
    private final InstantSource clock;

    /** @param key the first key, which cannot be had again */
    public record CreatedAccount(Account account, ApiKey key) {}

    /** @param key the key, which cannot be had again */
    public record CreatedKey(KeyInfo info, ApiKey key) {}

    /** An entry that {@link #eraseNumber} removed. */
    public record ErasedEntry(UUID account, ListKind kind) {}

    public DirectoryAdmin(Database database, Keyring keyring, InstantSource clock) {
        this.database = database;
        this.codec = new ListCodec(keyring);
        this.clock = clock;
    }

    /**
     * Returns when every server on the store, whose database answers in time, acts on all changes that were made before.
     *
     * @throws InterruptedException when interrupted; the changes are made all the same
     */
    public void awaitVisible() throws InterruptedException {
        Thread.sleep(Directory.VISIBLE_AFTER.plusMillis(50));
    }

    /** Makes an account with the standard policy and one key. */
    public CreatedAccount create(String name) {
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new DirectoryException("name must not have control characters");
        }
        Account account = valid(() -> new Account(newId(), name, false, Policy.STANDARD, clock.instant()));
        ApiKey key = ApiKey.random();
        return change(connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO account (id, name, status, policy, created_at) VALUES (?, ?, ?, ?, ?)",
                    account.id().toString(),
                    name,
                    AccountRow.ACTIVE,
                    PolicyJson.write(account.policy()),
                    account.createdAt().toEpochMilli());
            insertKey(connection, account.id(), key, Optional.empty());
            return new CreatedAccount(find(connection, account.id()).account(), key);
        });
    }

    /** All accounts, oldest first. */
    public List<Account> list() {
        return database
                .read(connection ->
                        Sql.query(connection, AccountRow.SELECT + " ORDER BY created_at, id", AccountRow::read))
                .stream()
                .map(DirectoryAdmin::account)
                .toList();
    }

    public Account show(UUID account) {
        return account(database.read(connection -> find(connection, account)));
    }

    /** Refuses the account everywhere until it is resumed; nothing to do when it is so already. */
    public void suspend(UUID account) {
        setStatus(account, AccountRow.SUSPENDED);
    }

    public void resume(UUID account) {
        setStatus(account, AccountRow.ACTIVE);
    }

    private void setStatus(UUID account, String status) {
        change(connection -> {
            find(connection, account);
            return Sql.update(connection, "UPDATE account SET status = ? WHERE id = ?", status, account.toString());
        });
    }

    /**
     * Replaces name and policy by what {@code change} makes of them; {@code change} may be called more than once.
     *
     * @return the account as it is now
     */
    public Account update(UUID account, UnaryOperator<Account> change) {
        return change(connection -> {
            AccountRow row = find(connection, account);
            Account after = valid(() -> change.apply(account(row)));
            requireFit(read(connection, account, ListKind.TEMPLATE), after);
            if (!read(connection, account, ListKind.ENVIRONMENT).isEmpty()) {
                EnvironmentAdmin.requireFit(after.policy());
            }
            String text = valid(() -> PolicyJson.write(after.policy(), row.policy()));
            int updated = Sql.update(
                    connection,
                    "UPDATE account SET name = ?, policy = ? WHERE id = ? AND name = ? AND policy = ?",
                    after.name(),
                    text,
                    account.toString(),
                    row.name(),
                    row.policy());
            if (updated == 0) {
                throw new StoreConflictException("the account was changed meanwhile", null);
            }
            return account(find(connection, account));
        });
    }

    /** Replaces the policy alone. */
    public Account updatePolicy(UUID account, UnaryOperator<Policy> change) {
        return update(
                account,
                before -> new Account(
                        before.id(),
                        before.name(),
                        before.suspended(),
                        change.apply(before.policy()),
                        before.createdAt()));
    }

    /** Makes a further key; the ones before stay good, so that an application can change over. */
    public CreatedKey createKey(UUID account, Optional<String> label) {
        if (label.isPresent() && (label.get().isBlank() || label.get().length() > 100)) {
            throw new DirectoryException("a label must be 1 to 100 characters");
        }
        ApiKey key = ApiKey.random();
        return change(connection -> {
            find(connection, account);
            return new CreatedKey(insertKey(connection, account, key, label), key);
        });
    }

    /** The keys of an account, oldest first, revoked ones too. */
    public List<KeyInfo> keys(UUID account) {
        return database.read(connection -> {
            find(connection, account);
            return Sql.query(
                    connection,
                    KeyInfo.SELECT + " WHERE account = ? ORDER BY created_at, id",
                    KeyInfo::read,
                    account.toString());
        });
    }

    /**
     * Makes a key worthless for good. Doing so again changes nothing.
     *
     * @param key its id
     */
    public KeyInfo revokeKey(UUID key) {
        return change(connection -> {
            Sql.update(
                    connection,
                    "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                    clock.millis(),
                    key.toString());
            return Sql.query(connection, KeyInfo.SELECT + " WHERE id = ?", KeyInfo::read, key.toString()).stream()
                    .findFirst()
                    .orElseThrow(() -> new DirectoryException("there is no key " + key));
        });
    }

    /** Adds a test number, or replaces the one that is there. */
    public void addTestNumber(UUID account, TestNumber number) {
        requireNumber(number.e164());
        put(codec.entry(account, number));
    }

    public List<TestNumber> testNumbers(UUID account) {
        return entries(account, ListKind.TEST_NUMBER).stream()
                .map(codec::testNumber)
                .sorted(Comparator.comparing(TestNumber::e164))
                .toList();
    }

    public void removeTestNumber(UUID account, String e164) {
        requireNumber(e164);
        remove(account, ListKind.TEST_NUMBER, e164, "this is not a test number of the account");
    }

    /** Adds to the block-list; nothing to do when it is there. */
    public void addBlock(UUID account, BlockPattern pattern) {
        put(codec.entry(account, pattern));
    }

    public List<BlockPattern> blocks(UUID account) {
        return entries(account, ListKind.BLOCK).stream()
                .map(codec::block)
                .sorted(Comparator.comparing(BlockPattern::toString))
                .toList();
    }

    public void removeBlock(UUID account, BlockPattern pattern) {
        remove(account, ListKind.BLOCK, pattern.toString(), "this is not on the block-list of the account");
    }

    /** What the account's messages say and whom they are from. */
    public MessageAdmin messages() {
        return new MessageAdmin(this, codec);
    }

    /** What the account pays. */
    public PriceAdmin prices() {
        return new PriceAdmin(this, codec);
    }

    /** For whom applications of other contracts sign their users in. */
    public EnvironmentAdmin environments() {
        return new EnvironmentAdmin(this, codec);
    }

    /** Forgets a number: removes it, though not prefixes of it, from all lists of all accounts. */
    public List<ErasedEntry> eraseNumber(String e164) {
        requireNumber(e164);
        return change(connection -> {
            List<ErasedEntry> erased = new ArrayList<>();
            List<UUID> accounts = Sql.query(
                    connection, "SELECT id FROM account ORDER BY id", row -> UUID.fromString(row.getString(1)));
            for (UUID account : accounts) {
                for (ListKind kind : ListKind.values()) {
                    if (kind.holdsNumbers() && delete(connection, account, kind, e164) > 0) {
                        erased.add(new ErasedEntry(account, kind));
                    }
                }
            }
            return erased;
        });
    }

    <T> T read(Database.SqlWork<T> work) {
        return database.read(work);
    }

    List<ListCodec.Entry> entries(UUID account, ListKind kind) {
        return database.read(connection -> {
            find(connection, account);
            return read(connection, account, kind);
        });
    }

    static List<ListCodec.Entry> read(Connection connection, UUID account, ListKind kind) throws SQLException {
        return Sql.query(
                connection,
                ListCodec.SELECT + " WHERE account = ? AND kind = ?",
                ListCodec::read,
                account.toString(),
                kind.text());
    }

    private void put(ListCodec.Entry entry) {
        change(connection -> {
            find(connection, entry.account());
            return put(connection, entry);
        });
    }

    int put(Connection connection, ListCodec.Entry entry) throws SQLException {
        return Sql.update(
                connection,
                "INSERT INTO list_entry (account, kind, id, body, created_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, kind, id) DO UPDATE SET body = excluded.body",
                entry.account().toString(),
                entry.kind(),
                entry.id(),
                entry.body(),
                clock.millis());
    }

    private void remove(UUID account, ListKind kind, String subject, String whenMissing) {
        change(connection -> {
            find(connection, account);
            if (delete(connection, account, kind, subject) == 0) {
                throw new DirectoryException(whenMissing);
            }
            return true;
        });
    }

    int delete(Connection connection, UUID account, ListKind kind, String subject) throws SQLException {
        return Sql.update(
                connection,
                "DELETE FROM list_entry WHERE account = ? AND kind = ? AND id = ?",
                account.toString(),
                kind.text(),
                codec.id(account, kind, subject));
    }

    private KeyInfo insertKey(Connection connection, UUID account, ApiKey key, Optional<String> label)
            throws SQLException {
        UUID id = newId();
        Sql.update(
                connection,
                "INSERT INTO api_key (id, account, hash, label, created_at) VALUES (?, ?, ?, ?, ?)",
                id.toString(),
                account.toString(),
                key.sha256(),
                label.orElse(null),
                clock.millis());
        return Sql.query(connection, KeyInfo.SELECT + " WHERE id = ?", KeyInfo::read, id.toString())
                .getFirst();
    }

    static AccountRow find(Connection connection, UUID account) throws SQLException {
        return Sql.query(connection, AccountRow.SELECT + " WHERE id = ?", AccountRow::read, account.toString()).stream()
                .findFirst()
                .orElseThrow(() -> new DirectoryException("there is no account " + account));
    }

    static Account account(AccountRow row) {
        try {
            return row.account();
        } catch (IllegalArgumentException e) {
            throw new DirectoryException("account " + row.id() + " cannot be read by this version: " + e.getMessage());
        }
    }

    /**
     * Runs a change. It starts by counting the version up, which tells the servers and keeps all other changes waiting: so nobody
     * reads what is about to be replaced, on either engine.
     */
    <T> T change(Database.SqlWork<T> work) {
        return Sql.change(database, connection -> {
            String bump = "UPDATE directory_version SET version = version + 1 WHERE id = 1";
            if (Sql.update(connection, bump) == 0) {
                throw new StoreException("the store lacks the row of directory_version", null);
            }
            return work.run(connection);
        });
    }

    /** What was fit to be sent under the old policy may not be under the new one: a longer brand, another code length. */
    private void requireFit(List<ListCodec.Entry> templates, Account after) {
        for (ListCodec.Entry entry : templates) {
            AccountTemplate template = codec.template(entry);
            List<String> errors = MessageAdmin.check(template, after.policy()).errors();
            if (!errors.isEmpty()) {
                throw new DirectoryException(
                        "the template " + template.id() + " would not be fit any more: " + String.join("; ", errors));
            }
        }
    }

    private UUID newId() {
        return TimeOrderedId.of(clock.instant(), RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** The message does not repeat the number, since messages are logged. */
    private static void requireNumber(String e164) {
        BlockPattern pattern = valid(() -> BlockPattern.parse(e164));
        if (pattern.prefix()) {
            throw new DirectoryException("one number is needed, such as +14155550123");
        }
    }

    private static <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new DirectoryException(String.valueOf(e.getMessage()));
        }
    }
}
