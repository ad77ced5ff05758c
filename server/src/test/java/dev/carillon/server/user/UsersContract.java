// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import dev.carillon.server.user.Users.Attached;
import dev.carillon.server.user.Users.SignedIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users are, on any engine. */
@Timeout(60)
abstract class UsersContract {
    private static final UUID ENVIRONMENT = new UUID(1, 2);
    private static final UUID OTHER = new UUID(3, 4);
    private static final PhoneNumber NUMBER = number(0);

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    private OpenDatabase database;
    Users users;

    /** Opens the store of the test. */
    abstract OpenDatabase open();

    @BeforeEach
    void start() {
        database = open();
        Keyring keyring = Keyring.load(database, new MasterSecretSource(Optional.empty(), folder), clock);
        users = new Users(database, keyring, clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    static PhoneNumber number(int last) {
        return new PhoneNumber("+1415555" + (1000 + last), "US", LineType.MOBILE);
    }

    private static List<String> numbers(User user) {
        return user.numbers().stream().map(VerifiedNumber::e164).toList();
    }

    @Test
    void whoProvesANumberAgainIsTheSameUser() {
        SignedIn first = users.signIn(ENVIRONMENT, NUMBER);
        clock.advance(Duration.ofDays(1));
        SignedIn second = users.signIn(ENVIRONMENT, NUMBER);
        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.user().id()).isEqualTo(first.user().id());
        assertThat(second.user().firstVisit()).isEqualTo(first.user().firstVisit());
        assertThat(second.user().lastVisit()).isEqualTo(clock.instant());
        VerifiedNumber proof = second.user().latest().orElseThrow();
        assertThat(proof.id()).isEqualTo(first.user().latest().orElseThrow().id());
        assertThat(proof.verifiedAt()).isEqualTo(clock.instant());
        assertThat(users.find(ENVIRONMENT, first.user().id())).contains(second.user());
    }

    @Test
    void environmentsKnowNothingOfEachOther() {
        User here = users.signIn(ENVIRONMENT, NUMBER).user();
        SignedIn there = users.signIn(OTHER, NUMBER);
        assertThat(there.isNew()).isTrue();
        assertThat(there.user().id()).isNotEqualTo(here.id());
        assertThat(users.find(OTHER, here.id())).isEmpty();
        assertThat(users.attach(OTHER, here.id(), number(1))).isEqualTo(new Attached.NoUser());
    }

    @Test
    void aNumberIsOneUsers() {
        User one = users.signIn(ENVIRONMENT, NUMBER).user();
        User two = users.signIn(ENVIRONMENT, number(1)).user();
        assertThat(users.attach(ENVIRONMENT, two.id(), NUMBER)).isEqualTo(new Attached.Taken());
        assertThat(users.attach(ENVIRONMENT, one.id(), number(2)))
                .isInstanceOfSatisfying(Attached.Done.class, done -> assertThat(numbers(done.user()))
                        .containsExactly(NUMBER.value(), number(2).value()));
        // The latest proof is last.
        assertThat(users.attach(ENVIRONMENT, one.id(), NUMBER))
                .isInstanceOfSatisfying(Attached.Done.class, done -> assertThat(numbers(done.user()))
                        .containsExactly(number(2).value(), NUMBER.value()));
        assertThat(users.signIn(ENVIRONMENT, number(2)).user().id()).isEqualTo(one.id());
    }

    @Test
    void anErasedNumberIsNobodysAndAUserWithoutNumbersIsGone() {
        User one = users.signIn(ENVIRONMENT, NUMBER).user();
        Attached _ = users.attach(ENVIRONMENT, one.id(), number(1));
        User other = users.signIn(OTHER, NUMBER).user();
        assertThat(users.erase(List.of(ENVIRONMENT, OTHER), NUMBER.value())).isEqualTo(2);
        assertThat(users.erase(List.of(ENVIRONMENT, OTHER), NUMBER.value())).isZero();
        assertThat(users.find(OTHER, other.id())).isEmpty();
        assertThat(numbers(users.find(ENVIRONMENT, one.id()).orElseThrow()))
                .containsExactly(number(1).value());
        assertThat(users.signIn(ENVIRONMENT, NUMBER).isNew()).isTrue();
    }

    @Test
    void oneOfManyWhoComeAtOnceIsNew() throws Exception {
        List<SignedIn> all = atOnce(8, _ -> users.signIn(ENVIRONMENT, NUMBER));
        assertThat(all).filteredOn(SignedIn::isNew).hasSize(1);
        assertThat(all)
                .extracting(signedIn -> signedIn.user().id())
                .containsOnly(all.getFirst().user().id());
    }

    @Test
    void ofTwoWhoProveOneNumberAtOnceOneHasIt() throws Exception {
        List<UUID> ids = IntStream.range(1, 7)
                .mapToObj(i -> users.signIn(ENVIRONMENT, number(i)).user().id())
                .toList();
        List<Attached> all = atOnce(ids.size(), i -> users.attach(ENVIRONMENT, ids.get(i), NUMBER));
        assertThat(all).filteredOn(Attached.Done.class::isInstance).hasSize(1);
        assertThat(all).filteredOn(new Attached.Taken()::equals).hasSize(ids.size() - 1);
    }

    @Test
    void whoProvesManyNumbersAtOnceHasThemAll() throws Exception {
        UUID id = users.signIn(ENVIRONMENT, NUMBER).user().id();
        List<Attached> all = atOnce(8, i -> users.attach(ENVIRONMENT, id, number(i + 1)));
        assertThat(all).hasOnlyElementsOfType(Attached.Done.class);
        assertThat(users.find(ENVIRONMENT, id).orElseThrow().numbers()).hasSize(9);
    }

    private interface Numbered<T> {
        T call(int index);
    }

    private static <T> List<T> atOnce(int count, Numbered<T> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = IntStream.range(0, count)
                    .<Callable<T>>mapToObj(i -> () -> work.call(i))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
