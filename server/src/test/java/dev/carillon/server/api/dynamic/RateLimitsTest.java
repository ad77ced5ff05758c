// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.api.dynamic.RateLimits.Purpose;
import dev.carillon.server.secret.TestClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final UUID ENVIRONMENT = new UUID(1, 2);
    private final TestClock clock = new TestClock();
    private final RateLimits limits = new RateLimits(clock);

    private boolean take(String address, Purpose purpose) {
        return !limits.take(InetAddress.ofLiteral(address), ENVIRONMENT, purpose)
                .isAfter(clock.instant());
    }

    private int granted(String address, Purpose purpose, int asked) {
        int granted = 0;
        for (int i = 0; i < asked; i++) {
            granted += take(address, purpose) ? 1 : 0;
        }
        return granted;
    }

    @Test
    void anAddressHasAsManyAsWasPublished() {
        assertThat(granted("192.0.2.1", Purpose.SEND, 10)).isEqualTo(3);
        assertThat(granted("192.0.2.1", Purpose.CHECK, 20)).isEqualTo(10);
        assertThat(granted("192.0.2.1", Purpose.ANY, 100)).isEqualTo(60 - 13);
        assertThat(granted("192.0.2.2", Purpose.SEND, 1)).isEqualTo(1);
    }

    @Test
    void theyComeBackWithTime() {
        assertThat(granted("192.0.2.1", Purpose.SEND, 4)).isEqualTo(3);
        clock.advance(Duration.ofSeconds(19));
        assertThat(take("192.0.2.1", Purpose.SEND)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(granted("192.0.2.1", Purpose.SEND, 2)).isEqualTo(1);
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        assertThat(granted("2001:db8::1", Purpose.SEND, 3)).isEqualTo(3);
        assertThat(take("2001:db8::ffff:2", Purpose.SEND)).isFalse();
        assertThat(take("2001:db8:0:1::1", Purpose.SEND)).isTrue();
    }
}
