// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import dev.carillon.core.time.Durations;
import dev.carillon.server.config.Setting.Scope;
import dev.carillon.server.config.Setting.Source;
import dev.carillon.server.ledger.jdbc.PostgresUrl;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The table of settings: the file, the environment, the command line, the help and the documentation all come from it. */
public final class Settings {
    static final String VARIABLE_PREFIX = "CARILLON_";
    /** Names the settings file. Not in the table: a file does not name itself. */
    static final String CONFIG_VARIABLE = "CARILLON_CONFIG";

    private static final Duration MAX_DRAIN = Duration.ofMinutes(5);
    private static final Duration MIN_RETENTION = Duration.ofHours(1);
    private static final Duration MAX_RETENTION = Duration.ofDays(3650);
    private static final Set<Source> ANYWHERE = EnumSet.allOf(Source.class);

    static final Setting<String> HOST = new Setting<>(
            "host",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "H",
            Optional.of("127.0.0.1"),
            "The address the API listens on; 0.0.0.0 for all.",
            Settings::host);
    static final Setting<Integer> PORT = new Setting<>(
            "port",
            Setting.Type.NUMBER,
            ANYWHERE,
            Scope.SERVER,
            "N",
            Optional.of("8080"),
            "The port of the API; 0 picks a free one.",
            Settings::port);
    static final Setting<URI> PUBLIC_URL = new Setting<>(
            "public-url",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "URL",
            Optional.empty(),
            "Where the world reaches the API, such as https://verify.example.com; providers are told to report deliveries there.",
            Settings::publicUrl);
    static final Setting<String> ADMIN_HOST = new Setting<>(
            "admin-host",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "H",
            Optional.of("127.0.0.1"),
            "The address of the admin port. Whoever reaches it sees metrics and the simulator's messages: keep it private.",
            Settings::host);
    static final Setting<Integer> ADMIN_PORT = new Setting<>(
            "admin-port",
            Setting.Type.NUMBER,
            ANYWHERE,
            Scope.SERVER,
            "N",
            Optional.of("8081"),
            "The port of health, metrics and the simulator's inbox; 0 picks a free one.",
            Settings::port);
    static final Setting<Path> DATA = new Setting<>(
            "data",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.STORE,
            "DIR",
            Optional.of("./data"),
            "The folder of the embedded store and the master secret.",
            Settings::path);
    static final Setting<PostgresUrl> DATABASE_URL = new Setting<>(
            "database-url",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.STORE,
            "URL",
            Optional.empty(),
            "PostgreSQL instead of the embedded store: postgresql://USER:PASSWORD@HOST:5432/DATABASE. Better in the"
                    + " environment or the file: a command line can be seen by other users of the machine.",
            PostgresUrl::parse);
    static final Setting<Secret> MASTER_SECRET = new Setting<>(
            "master-secret",
            Setting.Type.TEXT,
            EnumSet.of(Source.ENVIRONMENT),
            Scope.STORE,
            "SECRET",
            Optional.empty(),
            "The master secret that protects codes, numbers and messages at rest; without it, the file that was made in the"
                    + " data folder on first start.",
            Settings::secret);
    static final Setting<LogFormat> LOG_FORMAT = new Setting<>(
            "log-format",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "FORMAT",
            Optional.of("auto"),
            "Log lines on stderr: text, json, or auto (text on a terminal, json otherwise).",
            text -> LogFormat.of(text).orElseThrow(() -> new IllegalArgumentException("is not auto, text or json")));
    static final Setting<Duration> RETENTION = new Setting<>(
            "retention",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "DURATION",
            Optional.of("30d"),
            "How long verifications are kept: 1h to 3650d.",
            Settings::retention);

    static final Setting<Duration> DRAIN_DELAY = new Setting<>(
            "drain-delay",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "DURATION",
            Optional.of("10s"),
            "How long a server that was told to stop still takes requests, so that load balancers notice that it is not ready: 0s"
                    + " to 5m. Without effect when nobody has asked for readiness in the last minute.",
            Settings::drainDelay);

    static final Setting<List<Cidr>> TRUSTED_PROXIES = new Setting<>(
            "trusted-proxies",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "NETWORKS",
            Optional.empty(),
            "Whose X-Forwarded-For is believed: addresses and networks with commas between, such as 10.0.0.0/8. Without any, a"
                    + " client's address is that of its connection.",
            Settings::networks);
    static final Setting<Boolean> WEBHOOK_HTTP = new Setting<>(
            "webhook-http",
            Setting.Type.BOOLEAN,
            ANYWHERE,
            Scope.SERVER,
            "BOOLEAN",
            Optional.of("false"),
            "Whether webhooks may go to http URLs, which anybody on the way can read; otherwise only to https.",
            Settings::flag);
    static final Setting<List<Cidr>> WEBHOOK_NETWORKS = new Setting<>(
            "webhook-networks",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "RANGES",
            Optional.empty(),
            "Private networks that webhooks may go to, such as 10.1.0.0/16,fd00:1::/32; otherwise they go to public addresses only.",
            Settings::networks);
    static final Setting<Path> WEBHOOK_CA = new Setting<>(
            "webhook-ca",
            Setting.Type.TEXT,
            ANYWHERE,
            Scope.SERVER,
            "FILE",
            Optional.empty(),
            "Certificates in PEM of authorities that receivers of webhooks may be certified by, beside those that are trusted anyway.",
            Settings::path);

    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            PUBLIC_URL,
            ADMIN_HOST,
            ADMIN_PORT,
            DATA,
            DATABASE_URL,
            MASTER_SECRET,
            LOG_FORMAT,
            RETENTION,
            DRAIN_DELAY,
            TRUSTED_PROXIES,
            WEBHOOK_HTTP,
            WEBHOOK_NETWORKS,
            WEBHOOK_CA);

    private static final String LOOKUPS =
            "The providers that are paid to look numbers up, in the order in which they are asked, see lookup.md.";

    private static final String CONNECTIONS =
            "The ways to providers: a mapping of names to their settings, see connections.md. Without any, messages go to the simulator.";

    /** Variables with the prefix that are no settings, and what they are for. */
    public static final Map<String, String> OTHER_VARIABLES = new TreeMap<>(Map.of(
            CONFIG_VARIABLE,
            "The settings file, like --config.",
            "CARILLON_JAVA_OPTS",
            "Options for the JVM, read by bin/carillon; they replace its own where they meet.",
            "CARILLON_CACHE_DIR",
            "Where bin/carillon keeps what makes the start fast when the folder of the program is not its own.",
            "CARILLON_CAPTCHA_SECRET",
            "The secret of a captcha's provider, for `environment create` and `environment set`.",
            "CARILLON_NEW_MASTER_SECRET",
            "The new master secret, for `secret rewrap`."));

    private Settings() {}

    /**
     * A setting as a command offers it.
     *
     * @param name the key for {@link ConfigLoader#load}
     * @param help what it is for, with its default
     */
    public record Option(String name, String flag, String placeholder, String help) {}

    /** The settings that are options of a command, in the order of the table: all for a server, else those of the store. */
    public static List<Option> options(boolean server) {
        return ALL.stream()
                .filter(setting -> setting.from(Source.COMMAND_LINE) && (server || setting.scope() == Scope.STORE))
                .map(setting -> new Option(
                        setting.name(),
                        setting.option(),
                        setting.placeholder(),
                        setting.description()
                                + setting.standard()
                                        .map(text -> " Default: " + text + ".")
                                        .orElse("")))
                .toList();
    }

    /** The table for the documentation, in Markdown. */
    public static String markdown() {
        StringBuilder text =
                new StringBuilder("| file | environment | command line | default | |\n|---|---|---|---|---|\n");
        for (Setting<?> setting : ALL) {
            row(
                    text,
                    setting.from(Source.FILE) ? code(setting.name()) : "",
                    code(setting.variable()),
                    setting.from(Source.COMMAND_LINE) ? code(setting.option() + " " + setting.placeholder()) : "",
                    setting.standard().map(Settings::code).orElse(""),
                    setting.description());
        }
        row(text, code(ConnectionsTree.CONNECTIONS), "", "", "", CONNECTIONS);
        row(text, code(ConnectionsTree.LOOKUPS), "", "", "", LOOKUPS);
        OTHER_VARIABLES.forEach((name, description) ->
                row(text, "", code(name), name.equals(CONFIG_VARIABLE) ? code("--config FILE") : "", "", description));
        return text.toString();
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String host(String text) {
        if (!text.matches("[0-9A-Za-z.:_\\[\\]%-]+")) {
            throw new IllegalArgumentException("is not a host name or an address");
        }
        return text;
    }

    private static int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("is not 0 to 65535");
        }
        return port;
    }

    /** Providers send what must not be read on the way, so that it is TLS; a slash at the end would be doubled where a path follows. */
    private static URI publicUrl(String text) {
        URI url = check(text, URI::create, "is not a URL");
        boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || !plain || text.endsWith("/")) {
            throw new IllegalArgumentException("is not an https URL of a host, without a slash at its end");
        }
        return url;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path", e);
        }
    }

    private static Secret secret(String text) {
        return new Secret(text);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is not true or false");
        };
    }

    private static List<Cidr> networks(String text) {
        return check(text, Cidr::parseList, "is not a list of address ranges, such as 10.1.0.0/16,fd00:1::/32");
    }

    private static Duration retention(String text) {
        Duration value = check(text, Durations::parse, "is not a duration, such as 12h or 30d");
        if (value.compareTo(MIN_RETENTION) < 0 || value.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException("is not 1h to 3650d");
        }
        return value;
    }

    private static Duration drainDelay(String text) {
        Duration value = check(text, Durations::parse, "is not a duration, such as 10s");
        if (value.compareTo(MAX_DRAIN) > 0) {
            throw new IllegalArgumentException("is not 0s to 5m");
        }
        return value;
    }

    private static <T> T check(String text, Function<String, T> parser, String otherwise) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(otherwise, e);
        }
    }
}
