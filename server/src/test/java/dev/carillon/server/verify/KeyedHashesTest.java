// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.guard.LimitName;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import dev.carillon.server.secret.TestDatabase;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedHashesTest {
    private static final UUID ONE = new UUID(0x4000L, 1);
    private static final UUID TWO = new UUID(0x4000L, 2);
    private static final Optional<String> NONE = Optional.empty();
    private static final PhoneNumber NUMBER = new PhoneNumber("+12125550123", "US", LineType.MOBILE);

    @TempDir
    Path folder;

    private KeyedHashes hashes;

    @BeforeEach
    void open() {
        hashes = new KeyedHashes(Keyring.load(
                TestDatabase.sqlite(folder), new MasterSecretSource(Optional.empty(), folder), new TestClock()));
    }

    @Test
    void aHouseholdOfIpv6IsA64() {
        Map<LimitName, UUID> here = ip("2001:db8:1:2::1");
        assertThat(ip("2001:db8:1:2:ffff:ffff:ffff:ffff")).isEqualTo(here);
        assertThat(ip("2001:DB8:1:2:0:0:0:1")).isEqualTo(here);
        assertThat(ip("2001:db8:1:3::1").get(LimitName.IP)).isNotEqualTo(here.get(LimitName.IP));
        assertThat(here).containsOnlyKeys(LimitName.ACCOUNT, LimitName.IP, LimitName.IP_HOUR);
    }

    @Test
    void anIpv4AddressHasASubnetToo() {
        Map<LimitName, UUID> here = ip("192.0.2.1");
        Map<LimitName, UUID> neighbour = ip("192.0.2.254");
        Map<LimitName, UUID> elsewhere = ip("192.0.3.1");
        assertThat(neighbour.get(LimitName.IP)).isNotEqualTo(here.get(LimitName.IP));
        assertThat(neighbour.get(LimitName.IP_HOUR)).isNotEqualTo(here.get(LimitName.IP_HOUR));
        assertThat(neighbour.get(LimitName.SUBNET)).isEqualTo(here.get(LimitName.SUBNET));
        assertThat(elsewhere.get(LimitName.SUBNET)).isNotEqualTo(here.get(LimitName.SUBNET));
    }

    @Test
    void anIpv4AddressInIpv6ClothesIsTheSame() {
        assertThat(ip("::ffff:192.0.2.1")).isEqualTo(ip("192.0.2.1"));
        assertThat(ip("::ffff:c000:201")).isEqualTo(ip("192.0.2.1"));
    }

    @Test
    void everyLimitHasACounterOfItsOwn() {
        Map<LimitName, UUID> keys = hashes.limits(ONE, signals("192.0.2.1", "device"));
        assertThat(keys)
                .containsOnlyKeys(
                        LimitName.ACCOUNT, LimitName.IP, LimitName.IP_HOUR, LimitName.SUBNET, LimitName.DEVICE);
        assertThat(keys.values()).doesNotHaveDuplicates();
    }

    @Test
    void aSignalThatWasNotGivenIsNotCounted() {
        assertThat(hashes.limits(ONE, Signals.NONE))
                .isEqualTo(hashes.messageLimits(ONE))
                .hasSize(1);
    }

    @Test
    void accountsShareNothing() {
        Signals signals = signals("192.0.2.1", "device");
        assertThat(all(ONE, signals)).doesNotContainAnyElementsOf(all(TWO, signals));
    }

    @Test
    void differentThingsOfOneNameAreApart() {
        assertThat(hashes.number(ONE, "+12125550123")).isNotEqualTo(hashes.replay(ONE, "+12125550123"));
        assertThat(hashes.number(ONE, "+12125550")).isNotEqualTo(hashes.block(ONE, NUMBER));
    }

    @Test
    void aBlockIsAThousandNumbers() {
        UUID block = hashes.block(ONE, NUMBER);
        assertThat(hashes.block(ONE, number("+12125550999"))).isEqualTo(block);
        assertThat(hashes.block(ONE, number("+12125551123"))).isNotEqualTo(block);
    }

    @Test
    void theSameFieldsHaveTheSameFingerprint() {
        assertThat(hashes.fingerprint(request(NUMBER, Signals.NONE, NONE)))
                .isEqualTo(hashes.fingerprint(request(number("+12125550123"), Signals.NONE, NONE)));
    }

    @Test
    void anyOtherFieldHasAnother() {
        // The second number has the same digits where a masked number still shows them.
        List<CreateRequest> requests = List.of(
                request(NUMBER, Signals.NONE, NONE),
                request(number("+12125559923"), Signals.NONE, NONE),
                request(NUMBER, signals("192.0.2.1", "a"), NONE),
                request(NUMBER, signals("192.0.2.2", "a"), NONE),
                request(NUMBER, signals("192.0.2.2", "b"), NONE),
                request(NUMBER, Signals.NONE, Optional.of("x")),
                request(NUMBER, Signals.NONE, Optional.of("")));
        assertThat(requests.stream().map(hashes::fingerprint)).doesNotHaveDuplicates();
    }

    private Set<UUID> all(UUID account, Signals signals) {
        Set<UUID> keys = new HashSet<>(hashes.limits(account, signals).values());
        keys.add(hashes.number(account, "+12125550123"));
        keys.add(hashes.block(account, NUMBER));
        keys.add(hashes.replay(account, "key"));
        return keys;
    }

    private Map<LimitName, UUID> ip(String address) {
        return hashes.limits(
                ONE,
                new Signals(Optional.of(address), NONE, Optional.empty(), NONE, NONE, NONE, NONE, Optional.empty()));
    }

    private static Signals signals(String ip, String device) {
        return new Signals(
                Optional.of(ip), Optional.of(device), Optional.empty(), NONE, NONE, NONE, NONE, Optional.empty());
    }

    private static PhoneNumber number(String e164) {
        return new PhoneNumber(e164, "US", LineType.MOBILE);
    }

    private static CreateRequest request(PhoneNumber number, Signals signals, Optional<String> correlationId) {
        return new CreateRequest(number, signals, NONE, NONE, NONE, correlationId, NONE, NONE);
    }
}
