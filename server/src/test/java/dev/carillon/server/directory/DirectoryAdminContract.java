// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateText;
import dev.carillon.core.message.TemplateVariant;
import dev.carillon.server.secret.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator's commands do, on any engine. */
abstract class DirectoryAdminContract {
    static final String NUMBER = "+14155550123";
    private static final TestNumber TEST_NUMBER = new TestNumber(NUMBER, "123456", TestNumber.Outcome.VALID);

    @TempDir
    Path folder;

    DirectoryFixture node;

    /** A further connection to one and the same store. */
    abstract TestDatabase database() throws Exception;

    @BeforeEach
    void create() throws Exception {
        node = DirectoryFixture.on(database(), folder);
    }

    private UUID account(String name) {
        return node.admin().create(name).account().id();
    }

    @Test
    void accountsAreListedShownSuspendedAndResumed() {
        DirectoryAdmin.CreatedAccount one = node.admin().create("One");
        UUID two = account("Two");
        assertThat(node.admin().list()).extracting(Account::name).contains("One", "Two");
        assertThat(node.admin().show(one.account().id())).isEqualTo(one.account());
        node.admin().suspend(two);
        node.admin().suspend(two);
        assertThat(node.admin().show(two).suspended()).isTrue();
        assertThat(node.admin().show(one.account().id()).suspended()).isFalse();
        node.admin().resume(two);
        assertThat(node.admin().show(two).suspended()).isFalse();
    }

    @Test
    void environmentsAreKeptAsTheyAre() {
        UUID account = account("Acme");
        Environment made = new Environment(
                UUID.randomUUID(),
                "shop",
                Set.of("https://shop.example"),
                Optional.of(new CaptchaSettings(CaptchaProvider.TURNSTILE, "site", "secret", Optional.of("login"))),
                Duration.ofHours(3),
                Optional.of("123456"),
                false,
                List.of(
                        new SigningKey("one", TokenAlgorithm.RS256, "{}", Instant.ofEpochMilli(1)),
                        new SigningKey("two", TokenAlgorithm.EDDSA, "{}", Instant.ofEpochMilli(2))));
        node.admin().environments().create(account, made);
        EnvironmentAdmin environments =
                new DirectoryAdmin(node.database(), node.keyring(), node.clock()).environments();
        assertThat(environments.show(made.id())).isEqualTo(made);
        assertThat(environments.list(account)).containsExactly(made);
        assertThat(environments.ids()).contains(made.id());
        Environment after = environments.update(
                made.id(), before -> before.withKeys(List.of(before.keys().getLast())));
        assertThat(node.admin().environments().show(made.id())).isEqualTo(after);
        assertThat(after.algorithm()).isEqualTo(TokenAlgorithm.EDDSA);
        UUID nobody = UUID.randomUUID();
        assertThatThrownBy(() -> environments.show(nobody))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("there is no environment " + nobody);
        // Clients of the contract take six digits.
        assertThatThrownBy(() -> node.admin().updatePolicy(account, policy -> DirectoryFixture.with(policy, 5, 5)))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("codes of an account with environments have 6 digits, and code-length is 5");
    }

    @Test
    void whatDoesNotExistIsNamed() {
        UUID nobody = UUID.randomUUID();
        List<ThrowingCallable> calls = List.of(
                () -> node.admin().show(nobody),
                () -> node.admin().suspend(nobody),
                () -> node.admin().resume(nobody),
                () -> node.admin().updatePolicy(nobody, policy -> policy),
                () -> node.admin().createKey(nobody, Optional.empty()),
                () -> node.admin().keys(nobody),
                () -> node.admin().addTestNumber(nobody, TEST_NUMBER),
                () -> node.admin().testNumbers(nobody),
                () -> node.admin().removeTestNumber(nobody, NUMBER),
                () -> node.admin().addBlock(nobody, BlockPattern.parse("+1*")),
                () -> node.admin().blocks(nobody),
                () -> node.admin().messages().senders(nobody),
                () -> node.admin().messages().putSenders(nobody, List.of()),
                () -> node.admin().messages().removeSender(nobody, "Acme"),
                () -> node.admin().messages().templates(nobody),
                () -> node.admin().messages().putTemplates(nobody, List.of(), MessageAdmin.Mode.ADD),
                () -> node.admin().messages().removeTemplate(nobody, "login"),
                () -> node.admin().removeBlock(nobody, BlockPattern.parse("+1*")));
        for (var call : calls) {
            assertThatThrownBy(call).isInstanceOf(DirectoryException.class).hasMessage("there is no account " + nobody);
        }
        assertThatThrownBy(() -> node.admin().revokeKey(nobody))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("there is no key " + nobody);
    }

    @Test
    void badInputIsRefusedAndChangesNothing() {
        UUID id = account("Acme");
        for (String name : List.of("", " ", "x".repeat(101), "a\nb")) {
            assertThatThrownBy(() -> node.admin().create(name))
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageContaining("name must");
        }
        assertThatThrownBy(() -> node.admin().updatePolicy(id, policy -> DirectoryFixture.withChecks(policy, 11)))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("max-checks must be 1 to 10");
        assertThat(node.admin().show(id).policy().maxChecks()).isEqualTo(5);
        for (String number : List.of("14155550123", "+1415*", "+1", "")) {
            assertThatThrownBy(() ->
                            node.admin().addTestNumber(id, new TestNumber(number, "123456", TestNumber.Outcome.VALID)))
                    .isInstanceOf(DirectoryException.class);
            assertThatThrownBy(() -> node.admin().eraseNumber(number)).isInstanceOf(DirectoryException.class);
        }
        assertThatThrownBy(() -> node.admin().createKey(id, Optional.of(" "))).isInstanceOf(DirectoryException.class);
    }

    @Test
    void keysAreMadeListedAndRevoked() {
        UUID id = account("Acme");
        DirectoryAdmin.CreatedKey second = node.admin().createKey(id, Optional.of("production"));
        assertThat(second.info().label()).contains("production");
        assertThat(node.admin().keys(id)).hasSize(2).contains(second.info());

        node.clock().advance(Duration.ofSeconds(1));
        KeyInfo revoked = node.admin().revokeKey(second.info().id());
        assertThat(revoked.revokedAt()).contains(node.clock().instant());
        node.clock().advance(Duration.ofSeconds(1));
        assertThat(node.admin().revokeKey(second.info().id())).isEqualTo(revoked);
        assertThat(node.admin().keys(id)).contains(revoked);
        assertThat(node.directory().authenticate(second.key().text())).isEmpty();
    }

    @Test
    void testNumbersAreAddedReplacedListedAndRemoved() {
        UUID id = account("Acme");
        node.admin().addTestNumber(id, TEST_NUMBER);
        TestNumber replaced = new TestNumber(NUMBER, "000000", TestNumber.Outcome.SPAM);
        node.admin().addTestNumber(id, replaced);
        assertThat(node.admin().testNumbers(id)).containsExactly(replaced);
        node.admin().removeTestNumber(id, NUMBER);
        assertThat(node.admin().testNumbers(id)).isEmpty();
        assertThatThrownBy(() -> node.admin().removeTestNumber(id, NUMBER))
                .isInstanceOf(DirectoryException.class)
                .hasMessageNotContaining(NUMBER);
    }

    @Test
    void blocksAreAddedListedAndRemoved() {
        UUID id = account("Acme");
        node.admin().addBlock(id, BlockPattern.parse("+882*"));
        node.admin().addBlock(id, BlockPattern.parse("+882*"));
        node.admin().addBlock(id, BlockPattern.parse(NUMBER));
        assertThat(node.admin().blocks(id)).hasToString("[" + NUMBER + ", +882*]");
        node.admin().removeBlock(id, BlockPattern.parse("+882*"));
        assertThatThrownBy(() -> node.admin().removeBlock(id, BlockPattern.parse("+882*")))
                .isInstanceOf(DirectoryException.class);
        assertThat(node.admin().blocks(id)).containsExactly(BlockPattern.parse(NUMBER));
    }

    @Test
    void aNumberIsErasedFromAllAccounts() {
        UUID one = account("One");
        UUID two = account("Two");
        node.admin().addTestNumber(one, TEST_NUMBER);
        node.admin().addBlock(two, BlockPattern.parse(NUMBER));
        node.admin().addBlock(two, BlockPattern.parse("+1415*"));
        assertThat(node.admin().eraseNumber(NUMBER))
                .containsExactlyInAnyOrder(
                        new DirectoryAdmin.ErasedEntry(one, ListKind.TEST_NUMBER),
                        new DirectoryAdmin.ErasedEntry(two, ListKind.BLOCK));
        assertThat(node.admin().eraseNumber(NUMBER)).isEmpty();
        assertThat(node.admin().testNumbers(one)).isEmpty();
        assertThat(node.admin().blocks(two)).containsExactly(BlockPattern.parse("+1415*"));
    }

    @Test
    void sendersAreAddedReplacedListedAndRemoved() {
        UUID id = account("Acme");
        AccountSender german = new AccountSender("Acme", Countries.parse("DE"));
        AccountSender number = new AccountSender(NUMBER, Countries.ALL);
        node.admin().messages().putSenders(id, List.of(new AccountSender("Acme", Countries.ALL), number));
        node.admin().messages().putSenders(id, List.of(german));
        assertThat(node.admin().messages().senders(id)).containsExactly(number, german);
        AccountView view = node.directory().account(id).orElseThrow();
        assertThat(view.senders("DE")).containsExactlyInAnyOrder(NUMBER, "Acme");
        assertThat(view.senders("FR")).containsExactly(NUMBER);
        assertThat(view.senders("")).containsExactly(NUMBER);
        // Our own sender is nobody to forget.
        assertThat(node.admin().eraseNumber(NUMBER)).isEmpty();
        assertThat(node.admin().messages().removeSender(id, "Acme")).isTrue();
        assertThat(node.admin().messages().removeSender(id, "Acme")).isFalse();
        assertThat(node.admin().messages().senders(id)).containsExactly(number);
        assertThat(node.admin().messages().senders(account("Other"))).isEmpty();
    }

    @Test
    void templatesAreAddedUpdatedListedAndRemoved() {
        UUID id = account("Acme");
        MessageAdmin messages = node.admin().messages();
        AccountTemplate login = template("login", "Your code is {{code}}");
        assertThat(messages.putTemplates(id, List.of(login), MessageAdmin.Mode.ADD))
                .isEmpty();
        assertThatThrownBy(() -> messages.putTemplates(id, List.of(login), MessageAdmin.Mode.ADD))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("there is a template login already");
        assertThatThrownBy(
                        () -> messages.putTemplates(id, List.of(template("a", "{{code}}")), MessageAdmin.Mode.UPDATE))
                .hasMessage("there is no template a");
        AccountTemplate changed = template("login", "Hello {{code}}");
        assertThat(messages.putTemplates(id, List.of(changed), MessageAdmin.Mode.UPDATE))
                .containsExactly("login: texts.en-US has no word such as \"code\": devices may not offer it");
        assertThat(messages.templates(id)).containsExactly(changed);
        AccountView view = node.directory().account(id).orElseThrow();
        assertThat(view.template("login")).contains(changed);
        assertThat(view.template("default")).isEmpty();
        assertThat(view.hasTemplate("default")).isTrue();
        assertThat(view.hasTemplate("other")).isFalse();
        assertThat(messages.removeTemplate(id, "login")).isTrue();
        assertThat(messages.removeTemplate(id, "login")).isFalse();
        assertThat(messages.templates(id)).isEmpty();
    }

    @Test
    void templatesThatAreNotFitAreRefusedAllTogether() {
        UUID id = account("Acme");
        MessageAdmin messages = node.admin().messages();
        List<AccountTemplate> templates =
                List.of(template("good", "Your code is {{code}}"), template("bad", "{{brand}} code {{code}}"));
        assertThatThrownBy(() -> messages.putTemplates(id, templates, MessageAdmin.Mode.ADD_OR_UPDATE))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("the template bad is not fit: texts.en-US names {{brand}}, but the account has no --brand");
        assertThat(messages.templates(id)).isEmpty();
    }

    @Test
    void aPolicyThatNoTemplateFitsAnyMoreIsRefused() {
        UUID id = account("Acme");
        // 160 less six digits and the app's line.
        AccountTemplate full = template("full", "Your code is {{code}}" + " ".repeat(160 - 13 - 6 - 12));
        var _ = node.admin().messages().putTemplates(id, List.of(full), MessageAdmin.Mode.ADD);
        assertThatThrownBy(() -> node.admin().updatePolicy(id, policy -> DirectoryFixture.with(policy, 7, 5)))
                .isInstanceOf(DirectoryException.class)
                .hasMessageStartingWith("the template full would not be fit any more: texts.en-US takes 2 SMS");
        assertThat(node.admin().show(id).policy().codeLength()).isEqualTo(6);
        assertThat(node.admin()
                        .updatePolicy(id, policy -> DirectoryFixture.with(policy, 5, 5))
                        .policy()
                        .codeLength())
                .isEqualTo(5);
    }

    private static AccountTemplate template(String id, String text) {
        return new AccountTemplate(
                id, "en-US", TemplateVariant.of(Map.of("en-US", TemplateText.of(text))), new TreeMap<>());
    }

    @Test
    void changesAtOnceAreAllKept() throws Exception {
        UUID id = account("Acme");
        DirectoryFixture other = DirectoryFixture.on(database(), folder);
        node.admin().updatePolicy(id, policy -> DirectoryFixture.with(policy, 4, 1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Account>> changes = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                changes.add(() -> node.admin()
                        .updatePolicy(id, policy -> DirectoryFixture.withChecks(policy, policy.maxChecks() + 1)));
                if (i < 4) {
                    changes.add(() -> other.admin()
                            .updatePolicy(
                                    id,
                                    policy -> DirectoryFixture.with(
                                            policy, policy.codeLength() + 1, policy.maxChecks())));
                }
            }
            for (Future<Account> change : threads.invokeAll(changes)) {
                change.get();
            }
        }
        assertThat(node.admin().show(id).policy().maxChecks()).isEqualTo(10);
        assertThat(node.admin().show(id).policy().codeLength()).isEqualTo(8);
    }
}
