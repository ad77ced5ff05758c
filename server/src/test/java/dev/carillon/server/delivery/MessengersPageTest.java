// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.carillon.core.account.Countries;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.rbm.RbmKind;
import dev.carillon.server.delivery.rbm.TestAccount;
import dev.carillon.server.delivery.telegram.TelegramKind;
import dev.carillon.server.delivery.whatsapp.WhatsAppKind;
import dev.carillon.server.delivery.zalo.ZaloKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page on messengers shows can be used as it stands there. */
class MessengersPageTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Map<String, ConnectionKind> KINDS = kinds();

    private static HttpCalls noCalls(ConnectionSettings settings) {
        return call -> {
            throw new AssertionError(settings.name() + " sends nothing");
        };
    }

    private static Map<String, ConnectionKind> kinds() {
        Map<String, ConnectionKind> kinds = new HashMap<>();
        Stream.of(
                        new WhatsAppKind(MessengersPageTest::noCalls),
                        new TelegramKind(MessengersPageTest::noCalls),
                        new RbmKind(MessengersPageTest::noCalls),
                        new ZaloKind(MessengersPageTest::noCalls))
                .forEach(kind -> kinds.put(kind.name(), kind));
        return kinds;
    }

    /** A connection as the page has it. */
    private record Example(String name, String kind, Map<String, Object> options) {}

    @Test
    void everyExampleOpens() throws IOException {
        List<Example> examples = examples();
        assertThat(examples).extracting(Example::kind).containsExactlyInAnyOrderElementsOf(KINDS.keySet());
        for (Example example : examples) {
            assertThatCode(() -> open(example, example.options()))
                    .as(example.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyOptionIsOnThePage() throws IOException {
        String page = page();
        for (String option :
                List.of("api_version", "check_first", "check_capability", "code_parameter", "base_url", "token_url")) {
            assertThat(page).contains("`" + option + "`");
        }
    }

    private static void open(Example example, Map<String, Object> options) {
        ConnectionKind kind = Objects.requireNonNull(KINDS.get(example.kind()));
        ConnectionSettings settings = new ConnectionSettings(
                example.name(),
                kind.name(),
                kind.channels(),
                Countries.ALL,
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(10),
                new Options(options, MessengersPageTest::variable));
        kind.open(settings, new Context()).close();
    }

    private static Optional<String> variable(String name) {
        return Optional.of(
                name.equals("RBM_SERVICE_ACCOUNT") ? TestAccount.file("https://oauth2.example.com") : "text");
    }

    private static List<Example> examples() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        List<Map<String, Map<String, Map<String, Object>>>> blocks = new ArrayList<>();
        Matcher matcher = YAML.matcher(page());
        while (matcher.find()) {
            blocks.add(yaml.readValue(matcher.group(1), new TypeReference<>() {}));
        }
        return blocks.stream()
                .flatMap(block -> block.getOrDefault("connections", Map.of()).entrySet().stream())
                .map(entry -> new Example(
                        entry.getKey(),
                        String.valueOf(entry.getValue().get("kind")),
                        options(entry.getValue().getOrDefault("options", Map.of()))))
                .toList();
    }

    @SuppressWarnings("unchecked") // a mapping of YAML
    private static Map<String, Object> options(Object node) {
        return (Map<String, Object>) node;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "messengers.md"));
    }

    /** What a connection gets to be opened. */
    private static final class Context implements ConnectionContext {
        @Override
        public ReceiptListener receipts() {
            throw new AssertionError("not asked for");
        }

        @Override
        public Optional<URI> callback(String connection, AttemptRef ref) {
            return Optional.empty();
        }

        @Override
        public TokenStore tokens() {
            return new NoTokens();
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
