// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.carillon.server.config.YamlTree;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.ConnectionSettingsReader;
import dev.carillon.server.delivery.NoTokens;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.rbm.TestAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the pages on connections show can be used as it stands there, and they leave nothing out. */
class ConnectionPagesTest {
    private static final String ENTRY = "connections.md";
    private static final List<String> PAGES = List.of("../README.md", ENTRY, "messengers.md", "http-connections.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    /** A line of the table of kinds, with the link to the kind's section. */
    private static final Pattern KIND =
            Pattern.compile("^\\| \\[`([a-z-]+)`]\\(([a-z.-]*)(?:#([a-z-]+))?\\) \\|", Pattern.MULTILINE);

    /** Mappings whose names are options; of others they are data. */
    private static final Set<String> SECTIONS = Set.of("accepted", "errors", "receipt", "signature", "token", "basic");

    private static final ConnectionSettingsReader READER = new ConnectionSettingsReader(ConnectionKinds.ALL);
    private static final String KEY_FILE = TestAccount.file("https://oauth2.example.com");

    /** A connection as a page has it. */
    private record Example(String page, String name, Map<String, Object> settings) {
        String kind() {
            return String.valueOf(settings.get("kind"));
        }
    }

    @Test
    void everyKindIsInTheTableAndHasASection() {
        assertThat(sections().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ConnectionKinds.ALL.stream().map(ConnectionKind::name).toList());
        sections().forEach((kind, section) -> assertThat(section).as(kind).contains("kind: " + kind + "\n"));
    }

    @Test
    void theTableTellsTheChannels() {
        for (ConnectionKind kind : ConnectionKinds.ALL) {
            String line = page(ENTRY)
                    .lines()
                    .filter(row -> row.startsWith("| [`" + kind.name() + "`]"))
                    .findFirst()
                    .orElse("");
            String told = line.split("\\|", -1)[2].strip();
            Set<String> channels = new TreeSet<>();
            kind.channels().forEach(channel -> channels.add(channel.text()));
            assertThat(told.equals("all") ? channels : Set.of(told.split(", ", -1)))
                    .as(kind.name())
                    .isEqualTo(channels);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleOpens() {
        return examples()
                .map(example -> DynamicTest.dynamicTest(example.page() + " " + example.name(), () -> assertThatCode(
                                () -> open(example, new TreeSet<>()))
                        .doesNotThrowAnyException()));
    }

    @TestFactory
    Stream<DynamicTest> everyOptionIsInItsSection() {
        Map<String, String> sections = sections();
        return examples()
                .map(example -> DynamicTest.dynamicTest(example.name(), () -> {
                    Set<String> asked = new TreeSet<>();
                    open(example, asked);
                    String section = sections.getOrDefault(example.kind(), "");
                    assertThat(asked)
                            .filteredOn(option -> !option.endsWith("_env"))
                            .isNotEmpty()
                            .allSatisfy(option -> assertThat(section)
                                    .containsAnyOf("`" + option + "`", "`" + option.replaceFirst(".*\\.", "") + "`"));
                }));
    }

    /** @param asked gets the names of the options that the kind asks for */
    private static void open(Example example, Set<String> asked) {
        ConnectionSettings read = READER.read(Map.of(example.name(), example.settings()), ConnectionPagesTest::variable)
                .getFirst();
        ConnectionSettings listened = new ConnectionSettings(
                read.name(),
                read.kind(),
                read.channels(),
                read.countries(),
                read.sender(),
                read.senders(),
                read.prices(),
                read.messagesPerSecond(),
                read.timeout(),
                new Options(
                        new Listening(mapping(example.settings(), "options"), "", asked),
                        ConnectionPagesTest::variable));
        READER.kind(read).open(listened, new Context()).close();
    }

    private static Optional<String> variable(String name) {
        return Optional.of(
                switch (name) {
                    case "RBM_SERVICE_ACCOUNT" -> KEY_FILE;
                    case "VONAGE_PRIVATE_KEY" ->
                        JsonTree.text(JsonTree.read(KEY_FILE), "/private_key").orElseThrow();
                    default -> "a text";
                });
    }

    private static Stream<Example> examples() {
        return PAGES.stream().flatMap(page -> YAML.matcher(page(page))
                .results()
                // Nobody is there, so that nothing leaves the machine.
                .map(block -> YamlTree.parse(block.group(1).replace("smpp.example.com", "127.0.0.1")))
                .flatMap(tree -> mapping(tree, "connections").keySet().stream()
                        .map(name -> new Example(page, name, mapping(mapping(tree, "connections"), name)))));
    }

    @SuppressWarnings("unchecked") // a mapping of YAML
    private static Map<String, Object> mapping(Map<String, Object> tree, String name) {
        return (Map<String, Object>) tree.getOrDefault(name, Map.of());
    }

    /** By kind: what the table of kinds links to. */
    private static Map<String, String> sections() {
        Map<String, String> sections = new TreeMap<>();
        KIND.matcher(page(ENTRY)).results().forEach(row -> {
            String page = row.group(2).isEmpty() ? ENTRY : row.group(2);
            sections.put(row.group(1), section(page(page), row));
        });
        return sections;
    }

    private static String section(String page, MatchResult row) {
        String anchor = row.group(3);
        if (anchor == null) {
            return page;
        }
        Pattern heading = Pattern.compile("^(#+) " + Pattern.quote(anchor) + "$(.*?)(?=^\\1 |\\z)", flags());
        return heading.matcher(page)
                .results()
                .map(found -> found.group(2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section " + anchor));
    }

    private static int flags() {
        return Pattern.MULTILINE | Pattern.DOTALL | Pattern.CASE_INSENSITIVE;
    }

    private static String page(String name) {
        try {
            return Files.readString(Path.of("..", "docs", name));
        } catch (IOException e) {
            throw new UncheckedIOException(String.format(Locale.ROOT, "the page %s", name), e);
        }
    }

    /** Options that tell which of them were asked for. */
    private static final class Listening extends AbstractMap<String, Object> {
        private final Map<String, Object> given;
        private final String prefix;
        private final Set<String> asked;

        Listening(Map<String, Object> given, String prefix, Set<String> asked) {
            this.given = given;
            this.prefix = prefix;
            this.asked = asked;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            String name = String.valueOf(key);
            if (SECTIONS.contains(name) && given.containsKey(name)) {
                return new Listening(mapping(given, name), prefix + name + ".", asked);
            }
            asked.add(prefix + name);
            return given.get(name);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return given.entrySet();
        }
    }

    /** What a connection gets to be opened. */
    private static final class Context implements ConnectionContext {
        @Override
        public ReceiptListener receipts() {
            return (_, _) -> {
                throw new AssertionError("nothing was sent");
            };
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
