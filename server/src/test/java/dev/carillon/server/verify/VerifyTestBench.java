// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Channels;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.NumberRules;
import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.routing.Candidate;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.routing.Senders;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.CheckCode;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.CreateVerification;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.GiveFeedback;
import dev.carillon.core.verification.News;
import dev.carillon.core.verification.ReportDelivery;
import dev.carillon.core.verification.RetryVerification;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.LedgerMetrics;
import dev.carillon.server.ledger.LedgerTestStore;
import dev.carillon.server.ledger.Outgoing;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import dev.carillon.server.secret.TestDatabase;
import dev.carillon.server.secret.WindowKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Verifications with the real keys of a store on SQLite, and rows in memory. */
public final class VerifyTestBench implements AutoCloseable {
    public static final String NUMBER = "+12125550123";
    public static final String CODE = "907516";
    public static final UUID ACCOUNT = new UUID(0x4000L, 1);

    private static final Optional<String> UNSET = Optional.empty();

    public final TestClock clock = new TestClock();
    public final LedgerTestStore store = new LedgerTestStore();
    public final Keyring keyring;
    public final WindowKeys windows;
    public final KeyringVault vault;
    public final Ledger ledger;
    public final Stories stories;
    /** Is told of messages that were committed. */
    public volatile Consumer<Outgoing> outbox = _ -> {};
    /** What verifications cost that are made from now on. */
    public Optional<Terms> terms = Optional.empty();

    private final VerificationReader reader;
    private final AtomicLong lastId = new AtomicLong();
    private Channels channels = Channels.STANDARD;
    private NumberRules numbers = NumberRules.STANDARD;
    private Supplier<RoutingTable> routing = () -> new RoutingTable(
            List.of(new Candidate(new Lane("simulator", Channel.SMS), Countries.ALL, List.of(), Senders.ANY)),
            Map.of(),
            Set.of());
    /** What is known of numbers. */
    public NumberKnowledge knowledge = NumberKnowledge.NONE;

    public final List<AccountSender> senders = new ArrayList<>();
    public final List<AccountTemplate> templates = new ArrayList<>();
    private Policy policy = policy(false);

    public VerifyTestBench(Path folder) {
        this(folder, TestDatabase.sqlite(folder), Optional.empty());
    }

    /** With rows in a database too. */
    public VerifyTestBench(Path folder, OpenDatabase database) {
        this(folder, database, Optional.of(database.store()));
    }

    private VerifyTestBench(Path folder, Database database, Optional<Store> inDatabase) {
        Store rows = inDatabase.orElse(store);
        reader = new VerificationReader(rows);
        keyring = Keyring.load(database, new MasterSecretSource(UNSET, folder), clock);
        windows = WindowKeys.load(database, keyring, clock.instant());
        vault = new KeyringVault(keyring, windows);
        ledger = new Ledger(rows, clock, outgoing -> outbox.accept(outgoing), LedgerMetrics.NONE);
        stories = new Stories(reader, keyring, vault, clock);
    }

    public Account account() {
        return new Account(ACCOUNT, "Acme", false, policy, clock.instant());
    }

    public AccountView view() {
        return new AccountView(account(), List.of(), List.of(), senders, templates);
    }

    void showCodes(boolean shown) {
        policy = policy(shown);
    }

    public UUID create() {
        return create(NUMBER, UNSET);
    }

    /** Over the same ledger. */
    public Verifications verifications() {
        return new Verifications(ledger, keyring, vault, attempts(CODE), new Ids(clock), stories);
    }

    /** Opens a window in which the code is {@link #CODE}. */
    public UUID create(String number, Optional<String> correlationId) {
        PhoneNumber phone = new PhoneNumber(number, "US", LineType.MOBILE);
        return create(new Subject(phone, Signals.NONE, UNSET, UNSET, correlationId, "en-US", Optional.of("Acme")));
    }

    public UUID create(Subject subject) {
        return create(subject, List.of());
    }

    public UUID create(Subject subject, List<Audience> audiences) {
        UUID id = freshId();
        String number = subject.number().value();
        var _ = ledger.execute(new CreateVerification(
                ACCOUNT,
                policy,
                id,
                Optional.empty(),
                lastId.incrementAndGet(),
                new KeyedHashes(keyring).number(ACCOUNT, number),
                new UUID(3, lastId.get()),
                0,
                Map.of(),
                false,
                Optional.empty(),
                subject.seal(keyring, id),
                audiences,
                terms,
                attempts(CODE).of(view(), subject)));
        return id;
    }

    public void retry(UUID id) {
        var _ = ledger.execute(new RetryVerification(
                ACCOUNT, policy, id, Map.of(), attempts("330044").of(view())));
    }

    public CheckResult check(UUID id, String typed) {
        CheckReply reply = ledger.execute(new CheckCode(ACCOUNT, policy, id, freshId(), Code.typed(typed), vault));
        return ((CheckReply.Answered) reply).result();
    }

    public void report(UUID id, int attempt, DeliveryStatus status) {
        Verification verification = verification(id);
        String sender =
                verification.hop(verification.attempts().get(attempt - 1)).connection();
        var _ = ledger.execute(new ReportDelivery(id, attempt, sender, News.of(status, clock.instant())));
    }

    public void feedback(String number, boolean onboarded) {
        UUID key = new KeyedHashes(keyring).number(ACCOUNT, number);
        var _ = ledger.execute(new GiveFeedback(ACCOUNT, key, freshId(), onboarded, _ -> Set.of()));
    }

    public Verification verification(UUID id) {
        return reader.find(id).orElseThrow();
    }

    /** Messages by this table, with the code {@code 220033} for those that nobody asked for. */
    public Fallbacks fallbacks() {
        return new Fallbacks(ledger, keyring, attempts("220033"));
    }

    /** From now on the account thinks so of numbers. */
    public void numbers(NumberRules rules) {
        numbers = rules;
        policy = policy(policy.showCodes());
    }

    /** From now on routes are made of these; the account allows all channels in this order. */
    public void route(Supplier<RoutingTable> table, Channel... order) {
        routing = table;
        channels = new Channels(List.of(order), true);
        policy = policy(policy.showCodes());
    }

    private Attempts attempts(String code) {
        return new Attempts(new Ids(clock), _ -> new Code(code), vault, keyring, () -> routing.get(), knowledge);
    }

    public UUID freshId() {
        long next = lastId.incrementAndGet();
        return TimeOrderedId.of(clock.instant(), next, next);
    }

    @Override
    public void close() {
        ledger.close();
    }

    private Policy policy(boolean showCodes) {
        Policy standard = Policy.STANDARD;
        return new Policy(
                standard.window(),
                standard.codeLength(),
                standard.maxChecks(),
                standard.retryAfter(),
                AcceptCodes.ANY,
                true,
                showCodes,
                Optional.of("Acme"),
                UNSET,
                Countries.ALL,
                Set.of(),
                UNSET,
                channels,
                standard.limits(),
                numbers,
                standard.spending());
    }
}
