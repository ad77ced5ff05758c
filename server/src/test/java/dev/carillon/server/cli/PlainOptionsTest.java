// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Read is what picocli would read the same; all else is left to it. */
class PlainOptionsTest {
    private static final Set<String> KNOWN = Set.of("--port", "--data");

    private static Optional<Map<String, String>> read(String... arguments) {
        return PlainOptions.read(List.of(arguments), KNOWN);
    }

    @Test
    void readsBothForms() {
        assertThat(read("--port", "0", "--data=/var/lib/a=b"))
                .contains(Map.of("--port", "0", "--data", "/var/lib/a=b"));
        assertThat(read()).contains(Map.of());
    }

    @Test
    void leavesWhatIsNoKnownOption() {
        assertThat(read("--help")).isEmpty();
        assertThat(read("--ports", "0")).isEmpty();
        assertThat(read("here")).isEmpty();
        assertThat(read("@arguments")).isEmpty();
        assertThat(read("--", "--port")).isEmpty();
    }

    @Test
    void leavesValuesThatAreMissingOrMeanMore() {
        assertThat(read("--port")).isEmpty();
        assertThat(read("--port", "--data", "x")).isEmpty();
        assertThat(read("--port=")).isEmpty();
        assertThat(read("--data", "@file")).isEmpty();
        assertThat(read("--data", "\"quoted\"")).isEmpty();
        assertThat(read("--port", "1", "--port", "2")).isEmpty();
    }

    @Test
    void knowsTheFlagsOfAServer() {
        assertThat(Context.serverFlags()).contains("--port", "--admin-port", "--data", "--config", "--log-format");
    }
}
