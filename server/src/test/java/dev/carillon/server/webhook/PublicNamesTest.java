// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.webhook.PublicNames.NameService;
import dev.carillon.server.webhook.PublicNames.UnusableHostException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PublicNamesTest {
    private static PublicNames names(NameService service, Duration patience, int lookups) {
        return new PublicNames(new AddressRules(List.of()), service, patience, lookups);
    }

    private static PublicNames leadingTo(String... addresses) {
        InetAddress[] all = Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        return names(_ -> all, Duration.ofSeconds(30), 4);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, loopback",
        "10.0.0.7, private",
        "169.254.169.254, link-local",
        "100.100.100.200, carrier-grade NAT",
        "::1, loopback",
        "fd00:ec2::254, private",
        "fe80::1, link-local",
        "2002:a00:1::, 6to4",
        "64:ff9b::a00:1, NAT64",
        "ff02::1, multicast"
    })
    void aNameThatLeadsToAForbiddenAddressIsNotCalled(String address, String reason) {
        try (PublicNames names = leadingTo("8.8.8.8", address)) {
            assertThatThrownBy(() -> names.resolve("evil.example"))
                    .isInstanceOf(UnusableHostException.class)
                    .hasMessage("leads to a forbidden address: " + reason);
        }
    }

    @Test
    void ofManyAddressesOneOfEachFamilyIsTried() throws UnknownHostException {
        try (PublicNames names = leadingTo("8.8.8.8", "8.8.4.4", "2606:4700::1111", "2606:4700::1001")) {
            assertThat(names.resolve("example.com"))
                    .containsExactly(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2606:4700::1111"));
        }
    }

    @Test
    void aNameThatNobodyKnowsIsNoHost() {
        NameService nobody = host -> {
            throw new UnknownHostException(host);
        };
        try (PublicNames names = names(nobody, Duration.ofSeconds(30), 4)) {
            assertThatThrownBy(() -> names.resolve("no.example")).hasMessage("is not known");
        }
    }

    @Test
    void aNameServerThatHangsIsLeftInTimeAndHoldsUpNoMoreThanItsThreads() {
        CountDownLatch released = new CountDownLatch(1);
        NameService hanging = host -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.ofLiteral("8.8.8.8")};
        };
        try (PublicNames names = names(hanging, Duration.ofMillis(50), 1)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> names.resolve("slow.example")).hasMessage("could not be looked up in time");
            }
        } finally {
            released.countDown();
        }
    }
}
