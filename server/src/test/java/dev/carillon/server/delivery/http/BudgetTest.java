// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void callsShareTheTimeout() {
        ConnectionSettings settings = new ConnectionSettings(
                "acme",
                "rbm",
                Set.of(Channel.RCS),
                Countries.ALL,
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.of(5),
                Duration.ofSeconds(9),
                new Options(Map.of(), _ -> Optional.empty()));
        assertThat(Budget.share(settings, 3)).isEqualTo(settings.withTimeout(Duration.ofSeconds(3)));
        assertThat(Budget.share(settings, 1)).isEqualTo(settings);
    }

    @Test
    void noneBeginsInTheLastShare() {
        assertThat(Budget.start(Duration.ofHours(1), 2).isSpent()).isFalse();
        assertThat(Budget.start(Duration.ofHours(-1), 2).isSpent()).isTrue();
    }
}
